/** Folding, outline and hover for a trace's text. */
import * as vscode from "vscode";
import type { TraceDocument } from "../protocol/engine";
import { flagsAt, hoverText } from "./hover";
import { textScheme } from "./ids";
import { lineStarts } from "./lines";
import { foldsOf, type OutlineEntry, outlineOf, type PlaceRange } from "./outline";
import type { TraceDocuments } from "./traceDocuments";

const selector: vscode.DocumentSelector = { scheme: textScheme };

/** Registers the providers. */
export function registerTextFeatures(documents: TraceDocuments): vscode.Disposable {
  const withTrace = async <T>(document: vscode.TextDocument, make: (found: TraceDocument) => T): Promise<T | undefined> => {
    const found = await documents.traceOf(document.uri);
    return found ? make(found) : undefined;
  };
  return vscode.Disposable.from(
    vscode.languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: (document) =>
        withTrace(document, ({ trace, analysis }) =>
          foldsOf(trace.text, analysis).map(({ start, end }) => new vscode.FoldingRange(start, end, vscode.FoldingRangeKind.Region)),
        ),
    }),
    vscode.languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: (document) =>
        withTrace(document, ({ trace, analysis }) => outlineOf(trace.text, analysis).map((entry) => symbolOf(entry))),
    }),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: (document, position) =>
        withTrace(document, ({ trace, analysis }) => {
          const offset = (lineStarts(trace.text)[position.line] ?? 0) + position.character;
          const flags = flagsAt(analysis, offset);
          return flags.length === 0 ? undefined : new vscode.Hover(new vscode.MarkdownString().appendText(hoverText(flags)));
        }),
    }),
  );
}

function symbolOf(entry: OutlineEntry): vscode.DocumentSymbol {
  const range = rangeOf(entry.range);
  const kind = entry.level === "unit" ? vscode.SymbolKind.Module : vscode.SymbolKind.Event;
  const symbol = new vscode.DocumentSymbol(entry.name, entry.detail, kind, range, new vscode.Range(range.start, range.start));
  symbol.children = entry.children.map((child) => symbolOf(child));
  return symbol;
}

const rangeOf = ({ start, end }: PlaceRange): vscode.Range => new vscode.Range(start.line, start.column, end.line, end.column);
