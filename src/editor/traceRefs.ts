/** Where a trace of an open file is, and what it holds. */
import * as vscode from "vscode";
import type { TraceDocument, TraceRef } from "../protocol/engine";
import { RpcError } from "../protocol/rpc";
import type { InspectorPanel } from "./panel";

/** URI of the file that holds a trace. */
export function sourceOf(panel: InspectorPanel, ref: TraceRef): vscode.Uri {
  const path = ref.file === 0 ? undefined : panel.session.pathOf(ref.file);
  return path === undefined ? panel.uri : vscode.Uri.file(path);
}

/** The trace, or a failure that names the record. */
export async function traceAt(panel: InspectorPanel, ref: TraceRef): Promise<TraceDocument> {
  const document = await panel.session.traceDocument(ref);
  if (!document) throw new RpcError("no-trace", `Record ${ref.record + 1} of ${sourceOf(panel, ref).path} holds no reasoning trace.`);
  return document;
}
