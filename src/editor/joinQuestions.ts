/** "Join Questions From File…": some data sets keep questions and answers in two files. */
import * as vscode from "vscode";
import { fileName } from "./notify";
import { questionFileOf, saveQuestionFile } from "./settings";

const none = "Questions stand in the file itself";

/** Asks for the file with the questions and saves it as a setting; the open file is read again. */
export async function joinQuestions(uri: vscode.Uri): Promise<void> {
  const joined = questionFileOf(uri);
  const other = "Choose a file…";
  const title = `Questions of ${fileName(uri)}`;
  const placeHolder = joined === undefined ? "" : `Now joined from ${joined}`;
  const answer =
    joined === undefined ? other : await vscode.window.showQuickPick([other, none], { title, placeHolder, ignoreFocusOut: true });
  if (answer === none) await saveQuestionFile(uri, undefined);
  if (answer !== other) return;
  const folder = vscode.Uri.joinPath(uri, "..");
  const picked = await vscode.window.showOpenDialog({ title, openLabel: "Join", canSelectMany: false, defaultUri: folder });
  if (picked?.[0]) await saveQuestionFile(uri, relativePath(folder, picked[0]));
}

/** A file of the same folder by its name, so that the setting holds for others who have the folder elsewhere; else the whole path. */
function relativePath(folder: vscode.Uri, file: vscode.Uri): string {
  return file.path.startsWith(`${folder.path}/`) ? file.path.slice(folder.path.length + 1) : file.fsPath;
}
