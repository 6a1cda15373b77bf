/** Offers "Map Fields…" for a file that the user wants to see as traces and that nobody recognises. */
import * as vscode from "vscode";
import type { FileInfo } from "../protocol/engine";
import { prefix } from "./ids";
import { fileName } from "./notify";

const offered = new Set<string>();

/** Asks once a window for each file. */
export async function offerMapping(uri: vscode.Uri, info: Pick<FileInfo, "hasTraces" | "records">): Promise<void> {
  if (info.hasTraces || info.records === 0 || offered.has(uri.toString())) return;
  offered.add(uri.toString());
  const map = "Map Fields…";
  const message = `No field of ${fileName(uri)} looks like reasoning, so its records are shown as they are.`;
  if ((await vscode.window.showInformationMessage(message, map)) === map) await vscode.commands.executeCommand(`${prefix}mapFields`, uri);
}
