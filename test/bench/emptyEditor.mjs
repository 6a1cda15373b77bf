// The least that a custom editor takes: what the times of ours are told in, so that they hold on machines of any speed.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/process.mjs";
import { median } from "./measure.mjs";

export const vsce = join(root, "node_modules/@vscode/vsce/vsce");

/** A package with one custom editor that shows one word. */
export function emptyEditor(folder) {
  const home = join(folder, "empty-editor");
  mkdirSync(home);
  const manifest = {
    name: "empty-editor",
    publisher: "bench",
    version: "1.0.0",
    engines: { vscode: "^1.100.0" },
    main: "./main.js",
    contributes: { customEditors: [{ viewType: "bench.empty", displayName: "Empty", selector: [{ filenamePattern: "*.empty" }] }] },
  };
  writeFileSync(join(home, "package.json"), JSON.stringify(manifest));
  writeFileSync(
    join(home, "main.js"),
    `const vscode = require("vscode");
exports.activate = (context) => context.subscriptions.push(vscode.window.registerCustomEditorProvider("bench.empty", {
  openCustomDocument: (uri) => ({ uri, dispose() {} }),
  resolveCustomEditor: (_document, panel) => { panel.webview.html = "<!DOCTYPE html><html><body><p id=ready>ready</p></body></html>"; },
}));`,
  );
  const target = join(home, "empty.vsix");
  const done = spawnSync(
    process.execPath,
    [vsce, "package", "--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", target],
    { cwd: home, encoding: "utf8" },
  );
  if (done.status !== 0) throw new Error(`the empty editor could not be packed: ${done.stderr}`);
  return target;
}

/** Milliseconds from a click to its word: the median of three openings after a first one, which waits until the extension is registered and starts it. */
export async function emptyTime(workbench) {
  const all = [];
  await workbench.openInspector("nothing.empty");
  await workbench.run("View: Close All Editors");
  for (let turn = 0; turn < 3; turn++) {
    const begun = performance.now();
    await workbench.openFile("nothing.empty");
    await workbench.view().locator("#ready").waitFor({ timeout: 60_000 });
    all.push(performance.now() - begun);
    await workbench.run("View: Close All Editors");
  }
  return median(all);
}
