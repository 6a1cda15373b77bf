/** VS Code's own diff editors on traces: one pair, or several in one editor. */
import * as vscode from "vscode";
import type { TraceRef } from "../protocol/engine";
import type { TracePair } from "../protocol/host";
import { count, traceLabel } from "./labels";
import { fileName } from "./notify";
import type { InspectorPanel } from "./panel";
import { traceUri } from "./traceDocuments";
import { sourceOf, traceAt } from "./traceRefs";

/** Pairs in one editor; more would be a list that nobody reads to its end. */
const mostDiffs = 200;

interface Sides {
  readonly left: vscode.Uri;
  readonly right: vscode.Uri;
  readonly title: string;
}

async function sidesOf(panel: InspectorPanel, { teacher, student }: TracePair): Promise<Sides> {
  const [one, other] = await Promise.all([traceAt(panel, teacher), traceAt(panel, student)]);
  return {
    left: traceUri("text", sourceOf(panel, teacher), one),
    right: traceUri("text", sourceOf(panel, student), other),
    title: `${traceLabel(one.trace, one.rollouts)} ↔ ${traceLabel(other.trace, other.rollouts)}`,
  };
}

/** The diff editor on the texts of two traces. */
export async function nativeDiff(panel: InspectorPanel, teacher: TraceRef, student: TraceRef): Promise<void> {
  const { left, right, title } = await sidesOf(panel, { teacher, student });
  await vscode.commands.executeCommand("vscode.diff", left, right, title);
}

/** The multi-file diff editor on the texts of several pairs; the plain diff editor on one. A pair that cannot be read rejects with its record. */
export async function nativeDiffs(panel: InspectorPanel, pairs: readonly TracePair[]): Promise<void> {
  const [only] = pairs;
  if (pairs.length === 1 && only) return nativeDiff(panel, only.teacher, only.student);
  const taken = pairs.slice(0, mostDiffs);
  const sides = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Opening ${count(taken.length)} pairs side by side`, cancellable: true },
    (progress, cancelled) => readAll(panel, taken, progress, cancelled),
  );
  if (!sides || sides.length === 0) return;
  const title = `${fileName(panel.uri)}: ${count(sides.length)} pairs`;
  await vscode.commands.executeCommand(
    "vscode.changes",
    title,
    sides.map(({ left, right }) => [right, left, right]),
  );
  if (pairs.length > mostDiffs)
    void vscode.window.showInformationMessage(`The first ${mostDiffs} of ${count(pairs.length)} chosen pairs are shown.`);
}

/** Undefined when cancelled. */
async function readAll(
  panel: InspectorPanel,
  pairs: readonly TracePair[],
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  cancelled: vscode.CancellationToken,
): Promise<readonly Sides[] | undefined> {
  const found: Sides[] = [];
  for (const pair of pairs) {
    if (cancelled.isCancellationRequested) return undefined;
    found.push(await sidesOf(panel, pair));
    progress.report({ message: `${count(found.length)} of ${count(pairs.length)}`, increment: 100 / pairs.length });
  }
  return found;
}
