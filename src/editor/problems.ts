/** Broken records of the open files in the Problems panel, each with a link that shows the record's text. */
import * as vscode from "vscode";
import { fileName } from "./notify";
import type { InspectorPanel, Panels } from "./panel";
import { type ProblemEntry, problemEntries } from "./problemList";
import { recordUri } from "./traceDocuments";

/** A problem and the document it is shown of. */
interface Placed {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
}

/** Keeps the panel equal to what the open files' engines found; a file that is closed has no entries. */
export function registerProblems(panels: Panels): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("reasoning-trace");
  let shown = "";
  const update = () => {
    const open = new Map(panels.values().map((panel) => [panel.uri.toString(), panel]));
    const entries = [...open.values()].map((panel) => ({ uri: panel.uri, entries: entriesOf(panel) }));
    const state = JSON.stringify(entries.filter((file) => file.entries.length > 0));
    if (state === shown) return;
    shown = state;
    collection.clear();
    for (const [uri, diagnostics] of byDocument(entries.flatMap((file) => file.entries.map((entry) => placed(file.uri, entry)))))
      collection.set(uri, diagnostics);
  };
  return vscode.Disposable.from(collection, panels.onDidChange(update));
}

/** A plain file keeps its broken lines to the text editor. */
const entriesOf = ({ session }: InspectorPanel): readonly ProblemEntry[] =>
  session.lastInfo?.hasTraces ? problemEntries(session.lastInfo) : [];

/** A file that is open by itself and in a folder has each problem once. */
function byDocument(all: readonly Placed[]): (readonly [vscode.Uri, vscode.Diagnostic[]])[] {
  const documents = new Map<string, readonly [vscode.Uri, vscode.Diagnostic[]]>();
  for (const { uri, diagnostic } of all) {
    const known = documents.get(uri.toString()) ?? ([uri, []] as const);
    documents.set(uri.toString(), known);
    const [, diagnostics] = known;
    if (!diagnostics.some(({ range, message }) => range.isEqual(diagnostic.range) && message === diagnostic.message))
      diagnostics.push(diagnostic);
  }
  return [...documents.values()];
}

function placed(source: vscode.Uri, { record, place, line, column, message, label }: ProblemEntry): Placed {
  const text = recordUri(source, record, `${fileName(source)} ${label}`);
  const diagnostic = new vscode.Diagnostic(new vscode.Range(line, column, line, column), message, vscode.DiagnosticSeverity.Error);
  diagnostic.source = "Reasoning Trace";
  diagnostic.code = { value: label, target: text };
  if (place.kind === "record") return { uri: text, diagnostic };
  return { uri: place.kind === "part" ? vscode.Uri.joinPath(source, place.name) : source, diagnostic };
}
