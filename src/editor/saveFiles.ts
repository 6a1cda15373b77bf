/** Texts that the user saves: a view as a page, pairs as lines. */
import * as vscode from "vscode";
import type { PairRequest } from "../protocol/engine";
import { count } from "./labels";
import { fileName } from "./notify";
import type { InspectorPanel } from "./panel";
import { openTarget } from "./saveTarget";

/** Asks where to save a file beside the one that is open; undefined when cancelled. */
async function askPlace(panel: InspectorPanel, name: string): Promise<vscode.Uri | undefined> {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  return vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(panel.uri, "..", name),
    filters: { [extension.toUpperCase()]: [extension] },
  });
}

/** Saves a text where the user says. False when cancelled. */
export async function saveText(panel: InspectorPanel, name: string, content: string): Promise<boolean> {
  const place = await askPlace(panel, name);
  if (!place) return false;
  await vscode.workspace.fs.writeFile(place, new TextEncoder().encode(content));
  vscode.window.setStatusBarMessage(`Saved ${fileName(place)}`, 4_000);
  return true;
}

/** Saves all pairs that match as JSON Lines, in any file system. A cancelled or failed export leaves no file. */
export async function exportPairs(panel: InspectorPanel, request: PairRequest): Promise<void> {
  const place = await askPlace(panel, `${fileName(panel.uri).replace(/\.[^.]*$/, "")}.pairs.jsonl`);
  if (!place) return;
  const done = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: "Exporting aligned pairs", cancellable: true },
    (progress, cancelled) => writePairs(panel, request, place, progress, cancelled),
  );
  if (done === undefined) return;
  const open = await vscode.window.showInformationMessage(`Saved ${count(done)} pairs to ${fileName(place)}.`, "Open");
  if (open) await vscode.commands.executeCommand("vscode.openWith", place, "default");
}

/** Gives how many pairs were written; undefined when cancelled. */
async function writePairs(
  panel: InspectorPanel,
  request: PairRequest,
  place: vscode.Uri,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  cancelled: vscode.CancellationToken,
): Promise<number | undefined> {
  const target = openTarget(place);
  let written = 0;
  try {
    for (let start: number | undefined = 0; start !== undefined; ) {
      if (cancelled.isCancellationRequested) {
        await target.discard();
        return undefined;
      }
      const from: number = start;
      const { lines, next, total } = await panel.session.ask((engine) => engine.pairLines(request, from));
      await target.write(lines.map((line) => `${line}\n`).join(""));
      written += lines.length;
      progress.report({
        message: `${count(next ?? total)} of ${count(total)}`,
        increment: total > 0 ? (((next ?? total) - from) / total) * 100 : 100,
      });
      start = next;
    }
    await target.finish();
    return written;
  } catch (error) {
    await target.discard();
    throw error;
  }
}
