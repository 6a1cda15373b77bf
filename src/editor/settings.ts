/** The extension's settings, read from VS Code. */
import * as vscode from "vscode";
import type { ViewSettings } from "../protocol/host";
import { type AnnotationPlace, annotationPlaces } from "./annotations";

const section = "reasoningTrace";

/** Settings that the webview uses. */
export function viewSettings(): ViewSettings {
  const settings = vscode.workspace.getConfiguration(section);
  return {
    foldRedundantByDefault: settings.get("foldRedundantByDefault", false),
    renderMarkdown: settings.get("renderMarkdown", true),
    textWidth: Math.min(160, Math.max(40, settings.get("textWidth", 80))),
  };
}

/** Keep files without reasoning traces in the inspector? */
export const keepPlainFiles = (): boolean => vscode.workspace.getConfiguration(section).get("keepPlainFiles", false);

/** Analyse the whole file in the background? */
export const backgroundAnalysis = (): boolean => vscode.workspace.getConfiguration(section).get("backgroundAnalysis", true);

/** Where the user wants marks to be kept; undefined until it is set. */
export function annotationPlace(): AnnotationPlace | undefined {
  const set = vscode.workspace.getConfiguration(section).inspect<unknown>("annotations");
  const value = set?.workspaceFolderValue ?? set?.workspaceValue ?? set?.globalValue;
  return annotationPlaces.find((place) => place === value);
}

/** Calls `listener` whenever one of the extension's settings changes. */
export const onSettingsChanged = (listener: () => void): vscode.Disposable =>
  vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) listener();
  });
