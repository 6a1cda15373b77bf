// The least that a custom editor takes: what the times of ours are told in, so that they hold on machines of any speed.
import { packExtension } from "../support/tinyExtension.mjs";
import { median } from "./measure.mjs";

const script = `const vscode = require("vscode");
exports.activate = (context) => context.subscriptions.push(vscode.window.registerCustomEditorProvider("bench.empty", {
  openCustomDocument: (uri) => ({ uri, dispose() {} }),
  resolveCustomEditor: (_document, panel) => { panel.webview.html = "<!DOCTYPE html><html><body><p id=ready>ready</p></body></html>"; },
}));`;

/** A package with one custom editor that shows one word. */
export const emptyEditor = (folder) =>
  packExtension(
    folder,
    {
      name: "empty-editor",
      contributes: { customEditors: [{ viewType: "bench.empty", displayName: "Empty", selector: [{ filenamePattern: "*.empty" }] }] },
    },
    script,
  );

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
