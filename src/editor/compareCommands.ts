/** Comparisons that start outside the Compare view: two files from the explorer, or another trace of the same question. */
import * as vscode from "vscode";
import type { TraceDocument, TraceRef } from "../protocol/engine";
import { plural } from "./labels";
import { fileName } from "./notify";
import { openInspector } from "./openInspector";
import type { InspectorPanel, Panels } from "./panel";
import { peerSide } from "./pickSides";
import { traceAt } from "./traceRefs";

interface FileItem extends vscode.QuickPickItem {
  readonly teacher: vscode.Uri;
  readonly student: vscode.Uri;
}

/** Opens Compare on two files; asks which one is the teacher's. */
export async function compareFiles(panels: Panels, first: vscode.Uri, second: vscode.Uri): Promise<void> {
  const items: FileItem[] = [
    { label: fileName(first), description: `student: ${fileName(second)}`, teacher: first, student: second },
    { label: fileName(second), description: `student: ${fileName(first)}`, teacher: second, student: first },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: "Compare: which file is the teacher's?" });
  if (!picked) return;
  await openInspector(picked.teacher);
  const panel = panels.of(picked.teacher)[0];
  if (!panel) throw new Error(`${fileName(picked.teacher)} holds no reasoning traces.`);
  const student = await peerSide(panel, picked.student.fsPath, "Compare: choose the student");
  if (!student) return;
  const sides = { teacher: { file: 0 }, student: student.side };
  panel.whenReady(() => panel.events.openPair({ sides, peer: picked.student.fsPath }));
}

interface SiblingItem extends vscode.QuickPickItem {
  readonly model: string | undefined;
  readonly ref: TraceRef;
}

/** The open trace and another one of the same question, chosen where there are several; undefined when cancelled. */
export async function pickSibling(panel: InspectorPanel): Promise<{ readonly teacher: TraceRef; readonly student: TraceRef } | undefined> {
  const ref = panel.state?.ref;
  if (!ref) throw new Error("No trace is open. Open a record in the inspector first.");
  const document = await traceAt(panel, ref);
  const others = siblingItems(document);
  if (others.length === 0)
    throw new Error(
      `No other trace of this file answers the question of ${document.trace.id}. Choose a second file with "Compare Teacher and Student…".`,
    );
  const [only] = others;
  const chosen = others.length === 1 ? only : await vscode.window.showQuickPick(others, { title: `Compare ${document.trace.id} with` });
  if (!chosen) return undefined;
  return isStudent(panel, document, chosen) ? { teacher: chosen.ref, student: ref } : { teacher: ref, student: chosen.ref };
}

/** Is the open trace the student's, by the sides chosen for Compare? Without a choice the open trace is the teacher's. */
function isStudent(panel: InspectorPanel, document: TraceDocument, other: SiblingItem): boolean {
  const { teacher, student } = panel.state?.sides ?? {};
  const own = document.trace.model;
  return (own !== undefined && student?.model === own) || (other.model !== undefined && teacher?.model === other.model);
}

function siblingItems(document: TraceDocument): readonly SiblingItem[] {
  const own = document.ref;
  return document.siblings
    .filter(({ ref }) => ref.file !== own.file || ref.record !== own.record || ref.rollout !== own.rollout)
    .map(({ ref, model, verdict, tokens }) => ({
      ref,
      model,
      label: model ?? `Record ${ref.record + 1}`,
      description: [
        `record ${ref.record + 1}`,
        `rollout ${ref.rollout + 1}`,
        ...(tokens === undefined ? [] : [plural(tokens, "token")]),
        verdict ?? "",
      ]
        .filter((part) => part !== "")
        .join(" · "),
    }));
}
