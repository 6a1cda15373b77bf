/** Opens a file in the inspector because the user asked for it: it stays there even when it holds no traces. */
import * as vscode from "vscode";
import { viewTypeOf } from "./ids";

const wishes = new Set<string>();

/** Opens the file in the inspector. */
export async function openInspector(uri: vscode.Uri): Promise<void> {
  wishes.add(uri.toString());
  try {
    await vscode.commands.executeCommand("vscode.openWith", uri, viewTypeOf(uri.path));
  } finally {
    wishes.delete(uri.toString());
  }
}

/** Was this file asked for? The wish is fulfilled by asking. */
export const takeWish = (uri: vscode.Uri): boolean => wishes.delete(uri.toString());
