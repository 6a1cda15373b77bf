// The installed package as a user gets it, in every theme and at 600 pixels, with pictures to look at.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openWorkbench } from "../support/workbench.mjs";

export const title = "Themes, installed from the package";

const themes = [
  { name: "dark", colorTheme: "Default Dark Modern" },
  { name: "light", colorTheme: "Default Light Modern" },
  { name: "high-contrast", colorTheme: "Default High Contrast" },
  { name: "narrow-light", colorTheme: "Default Light Modern", width: 660, height: 900 },
];

export async function before(context) {
  context.vsix = join(context.root, "test/out/reasoning-trace-inspector.vsix");
  const vsce = join(context.root, "node_modules/@vscode/vsce/vsce");
  const packed = spawnSync(
    process.execPath,
    [vsce, "package", "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", context.vsix],
    {
      cwd: context.root,
      encoding: "utf8",
    },
  );
  assert.ok(packed.status === 0 && existsSync(context.vsix), `packaging failed: ${packed.stderr}`);
}

const shots =
  ({ name, ...options }) =>
  async (context) => {
    const workbench = await openWorkbench({ folder: context.folder, vsix: context.vsix, ...options });
    context.workbench = workbench;
    try {
      await workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
      const view = await workbench.openInspector("samples.jsonl");
      await workbench.hideSideBar();
      await view.locator(".uh").first().waitFor();
      await workbench.page.waitForTimeout(1500);
      await workbench.screenshot(join(context.screens, `inspect-${name}.png`));
      await workbench.run("Reasoning Trace: Compare with Student");
      await view.locator("rti-compare .cr").first().waitFor({ timeout: 20_000 });
      await workbench.page.waitForTimeout(500);
      await workbench.screenshot(join(context.screens, `compare-${name}.png`));
      assert.deepEqual(workbench.problems, []);
      assert.deepEqual(workbench.foreign, []);
    } finally {
      context.workbench = undefined;
      await workbench.close();
    }
  };

export const tests = Object.fromEntries(themes.map((theme) => [`Inspect and Compare, ${theme.name}`, shots(theme)]));
