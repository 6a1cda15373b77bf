/** Broken records of the open files in the Problems panel, each with a link that shows the record's text. */
import * as vscode from "vscode";
import { fileName } from "./notify";
import type { InspectorPanel, Panels } from "./panel";
import { type ProblemEntry, problemEntries } from "./problemList";
import { recordUri } from "./traceDocuments";

/** Keeps the panel equal to what the open files' engines found; a file that is closed has no entries. */
export function registerProblems(panels: Panels): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("reasoning-trace");
  const shown = new Map<string, string>();
  const update = () => {
    const open = new Map(panels.values().map((panel) => [panel.uri.toString(), panel]));
    for (const key of shown.keys()) if (!open.has(key)) show(vscode.Uri.parse(key), []);
    for (const panel of open.values()) show(panel.uri, entriesOf(panel));
  };
  const show = (uri: vscode.Uri, entries: readonly ProblemEntry[]) => {
    const key = uri.toString();
    const state = JSON.stringify(entries);
    if ((shown.get(key) ?? "[]") === state) return;
    if (entries.length === 0) shown.delete(key);
    else shown.set(key, state);
    collection.set(
      uri,
      entries.map((entry) => diagnostic(uri, entry)),
    );
  };
  return vscode.Disposable.from(collection, panels.onDidChange(update));
}

/** A plain file keeps its broken lines to the text editor. */
const entriesOf = ({ session }: InspectorPanel): readonly ProblemEntry[] =>
  session.lastInfo?.hasTraces ? problemEntries(session.lastInfo) : [];

function diagnostic(uri: vscode.Uri, { record, line, column, message, label }: ProblemEntry): vscode.Diagnostic {
  const found = new vscode.Diagnostic(new vscode.Range(line, column, line, column), message, vscode.DiagnosticSeverity.Error);
  found.source = "Reasoning Trace";
  found.code = { value: label, target: recordUri(uri, record, `${fileName(uri)} ${label}`) };
  return found;
}
