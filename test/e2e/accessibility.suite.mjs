// The view in four themes, checked by axe-core inside the webview; at twice the size, at 600 pixels, with the keyboard alone and without motion.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openWorkbench } from "../support/workbench.mjs";

export const title = "Accessibility, extension from source";

const themes = [
  { name: "dark", colorTheme: "Default Dark Modern" },
  { name: "light", colorTheme: "Default Light Modern" },
  { name: "high contrast", colorTheme: "Default High Contrast" },
  { name: "high contrast light", colorTheme: "Default High Contrast Light" },
];

const open = async (context, options = {}) => {
  const workbench = await openWorkbench({ folder: context.folder, dev: context.root, ...options });
  context.workbench = workbench;
  await workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
  const view = await workbench.openInspector("samples.jsonl");
  await view.locator(".uh").first().waitFor();
  return { workbench, view };
};

export const after = async (context) => context.workbench?.close();

const close = async (context) => {
  await context.workbench?.close();
  context.workbench = undefined;
};

/** Violations in the webview's document, one line each. */
async function violations(context, view) {
  const axe = readFileSync(join(context.root, "node_modules/axe-core/axe.min.js"), "utf8");
  const handle = await view.locator("rti-app").elementHandle();
  const frame = await handle.ownerFrame();
  await frame.evaluate(axe);
  // The frame's own title and language are VS Code's.
  const found = await frame.evaluate(() => globalThis.axe.run(document.querySelector("rti-app"), { resultTypes: ["violations"] }));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

/** Every state of the Inspect view that covers or adds something. */
async function inspectStates(context, workbench, view) {
  const found = new Set();
  const check = async (state) => {
    for (const line of await violations(context, view)) found.add(`${state}: ${line}`);
  };
  await check("inspect");
  await workbench.run("Reasoning Trace: Next Flag");
  await workbench.run("Reasoning Trace: Show Evidence");
  await view.locator(".peek").first().waitFor();
  await check("evidence");
  await workbench.page.keyboard.press("Escape");
  await workbench.run("Reasoning Trace: Fold Redundant Units");
  await view.getByRole("button", { name: "Unfold redundant" }).waitFor();
  await check("folded");
  await workbench.run("Reasoning Trace: Fold Redundant Units");
  await workbench.run("Reasoning Trace: Toggle Raw");
  await check("raw");
  await workbench.run("Reasoning Trace: Toggle Raw");
  await workbench.run("Reasoning Trace: Find in Trace");
  await view.locator(".findbar").waitFor();
  await check("find");
  await workbench.page.keyboard.press("Escape");
  await view.locator(".fs .pickbox button").first().click();
  await check("fold menu");
  await view.locator(".fs .pickbox button").first().click();
  return [...found];
}

const inTheme =
  ({ name, colorTheme }) =>
  async (context) => {
    const { workbench, view } = await open(context, { colorTheme });
    try {
      assert.deepEqual(await inspectStates(context, workbench, view), []);
      await workbench.screenshot(join(context.screens, `accessible-${name.replace(/ /g, "-")}.png`));
      await workbench.run("Reasoning Trace: Compare with Student");
      await view.locator("rti-compare .cr").first().waitFor({ timeout: 20_000 });
      assert.deepEqual(await violations(context, view), []);
      assert.deepEqual(workbench.problems, []);
    } finally {
      await close(context);
    }
  };

/** True when nothing that is read or pressed sticks out of its pane. */
const nothingCut = (view) =>
  view.locator("rti-app").evaluate((app) => {
    const width = document.documentElement.clientWidth;
    const shown = [...app.querySelectorAll(".crumb button, .dl div, .fs button, .top button")];
    return shown.filter((element) => element.getBoundingClientRect().right > width + 1).map((element) => element.textContent?.trim());
  });

export const tests = {
  ...Object.fromEntries(themes.map((theme) => [`axe-core finds nothing, ${theme.name}`, inTheme(theme)])),

  "twice the size and a narrow window cut nothing": async (context) => {
    const { workbench, view } = await open(context, { settings: { "window.zoomLevel": 0 }, width: 760, height: 900 });
    try {
      await workbench.hideSideBar();
      await workbench.page.waitForTimeout(500);
      assert.deepEqual(await nothingCut(view), []);
      await workbench.screenshot(join(context.screens, "inspect-200-percent.png"));
    } finally {
      await close(context);
    }
  },

  "the keyboard reaches list, trace and back; motion can be switched off": async (context) => {
    const { workbench, view } = await open(context, { settings: { "workbench.reduceMotion": "on" } });
    try {
      await view.locator(".lr.on").first().focus();
      await workbench.page.keyboard.press("ArrowDown");
      assert.equal(await view.locator(".lr.on").first().getAttribute("aria-rowindex"), "3");
      const reached = new Set();
      for (let press = 0; press < 40; press++) {
        await workbench.page.keyboard.press("Tab");
        const place = await view
          .locator("rti-app")
          .evaluate(() => document.activeElement?.closest(".sash, .crumb, .strip, .fs, .read")?.className ?? "");
        if (place !== "") reached.add(place.split(" ")[0]);
      }
      assert.deepEqual([...reached].slice(0, 5), ["sash", "crumb", "strip", "fs", "read"]);
      assert.equal(await view.locator("body").evaluate((body) => body.classList.contains("vscode-reduce-motion")), true);
      const moving = await view.locator("rti-app").evaluate(() => document.getAnimations().length);
      assert.equal(moving, 0);
    } finally {
      await close(context);
    }
  },
};
