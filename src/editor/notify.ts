/** Notifications for failures: one sentence with the file's name, and an action where there is one. */
import * as vscode from "vscode";
import { failureOf } from "../protocol/rpc";

/** Last part of a URI's path. */
export const fileName = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf("/") + 1);

/** Runs an action; a failure becomes a notification, save one that was aborted. */
export async function reporting(what: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (thrown) {
    const { code, message } = failureOf(thrown);
    if (code === "aborted" || code === "disposed") return;
    void vscode.window.showErrorMessage(`${what}: ${message}`);
  }
}
