/** Read-only documents: the exact text of a trace, its analysis as JSON, and its record as JSON. */
import * as vscode from "vscode";
import { analysisJson } from "../core/export/analysisJson";
import type { TraceDocument, TraceRef } from "../protocol/engine";
import { failureOf } from "../protocol/rpc";
import { textScheme } from "./ids";
import { traceLabel } from "./labels";
import type { Sessions } from "./sessions";
import { decodeAddress, encodeAddress, type TraceAddress } from "./traceAddress";

/** Traces kept for the documents that were opened last. */
const kept = 16;
/** Largest record shown as JSON, in bytes; VS Code's own limit for highlighting is lower. */
const recordBytes = 32 * 2 ** 20;

/** URI of a trace's read-only document. */
export function traceUri(kind: TraceAddress["kind"], source: vscode.Uri, document: TraceDocument): vscode.Uri {
  const { record, rollout } = document.ref;
  const address = { kind, source: source.toString(), record, rollout };
  return vscode.Uri.from({ scheme: textScheme, ...encodeAddress(address, traceLabel(document.trace, document.rollouts)) });
}

/** URI of a record's text as it stands in the file, indented where it is JSON. */
export const recordUri = (source: vscode.Uri, record: number, label: string): vscode.Uri =>
  vscode.Uri.from({ scheme: textScheme, ...encodeAddress({ kind: "record", source: source.toString(), record, rollout: 0 }, label) });

/** Gives VS Code the contents, and the other providers the trace behind a document. */
export class TraceDocuments implements vscode.TextDocumentContentProvider {
  private readonly cache = new Map<string, Promise<TraceDocument>>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** A document must be asked for again. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly sessions: Sessions) {}

  /** The settings may give other analyses: open documents are asked for again. */
  refresh(): void {
    this.cache.clear();
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === textScheme) this.changed.fire(uri);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const address = decodeAddress(uri.query);
    if (!address) return `This is no address of a trace: ${uri.toString(true)}\n`;
    try {
      return await this.content(uri, address);
    } catch (thrown) {
      return `The trace could not be read: ${failureOf(thrown).message}\nOpen its file in the inspector again.\n`;
    }
  }

  /** The trace behind a document of kind "text"; undefined for any other document or when it cannot be read. */
  async traceOf(uri: vscode.Uri): Promise<TraceDocument | undefined> {
    const address = decodeAddress(uri.query);
    if (address?.kind !== "text") return undefined;
    return this.trace(uri, address).catch(() => undefined);
  }

  private async content(uri: vscode.Uri, address: TraceAddress): Promise<string> {
    if (address.kind === "record") return this.record(address);
    const { trace, analysis } = await this.trace(uri, address);
    if (address.kind === "text") return trace.text;
    const file = vscode.Uri.parse(address.source).fsPath;
    return `${JSON.stringify(analysisJson(trace, analysis, { file, withText: false, offsets: "utf16" }), null, 2)}\n`;
  }

  private trace(uri: vscode.Uri, address: TraceAddress): Promise<TraceDocument> {
    const key = uri.toString();
    const known = this.cache.get(key);
    if (known) return known;
    const fetched = this.fetch(address);
    this.cache.set(key, fetched);
    fetched.catch(() => this.cache.delete(key));
    for (const old of [...this.cache.keys()].slice(0, -kept)) this.cache.delete(old);
    return fetched;
  }

  private async fetch(address: TraceAddress): Promise<TraceDocument> {
    const lease = await this.sessions.acquire(address.source);
    try {
      const document = await lease.session.traceDocument(refOf(address));
      if (!document) throw new Error(`Record ${address.record + 1} holds no reasoning trace.`);
      return document;
    } finally {
      lease.release();
    }
  }

  private async record(address: TraceAddress): Promise<string> {
    const lease = await this.sessions.acquire(address.source);
    try {
      return pretty((await lease.session.ask((engine) => engine.recordText(refOf(address), recordBytes))).text);
    } finally {
      lease.release();
    }
  }
}

const refOf = ({ record, rollout }: TraceAddress): TraceRef => ({ file: 0, record, rollout });

function pretty(text: string): string {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  } catch {
    return text;
  }
}
