/** The extension's settings, read from VS Code. */
import * as vscode from "vscode";
import type { FieldMapping } from "../core/import/mapping";
import type { EngineOptions } from "../protocol/engineOptions";
import type { ViewSettings } from "../protocol/host";
import { type AnnotationPlace, annotationPlaces } from "./annotations";
import { engineOptionsFrom, mappingFor, valueFor } from "./engineSettings";
import { fitsGlob, globOf } from "./glob";

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

/** What a file's engine is started with, from the settings that hold for the file. */
export function engineOptions(uri: vscode.Uri): EngineOptions {
  const settings = vscode.workspace.getConfiguration(section, uri);
  return engineOptionsFrom((name) => settings.get<unknown>(name), pathOf(uri), vscode.Uri.joinPath(uri, "..").fsPath);
}

/** The mapping that holds for a file. */
export const mappingOf = (uri: vscode.Uri): FieldMapping | undefined =>
  mappingFor(vscode.workspace.getConfiguration(section, uri).get<unknown>("mappings"), pathOf(uri));

/** Saves a mapping for the files that a pattern fits, in the workspace's settings where there is a workspace. It overrides others that fit. */
export async function saveMapping(uri: vscode.Uri, pattern: string, mapping: FieldMapping): Promise<void> {
  await changeByPattern(uri, "mappings", (entries) => [...entries.filter(([known]) => known !== pattern), [pattern, mapping]]);
}

/** Takes every mapping out that fits the file. */
export async function removeMapping(uri: vscode.Uri): Promise<void> {
  await changeByPattern(uri, "mappings", (entries) => entries.filter(([pattern]) => !fitsGlob(pattern, pathOf(uri))));
}

/** Where the questions of a file stand, as the setting has it. */
export function questionFileOf(uri: vscode.Uri): string | undefined {
  const found = valueFor(vscode.workspace.getConfiguration(section, uri).get<unknown>("questionFiles"), pathOf(uri));
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** Saves where the questions of a file stand; undefined: in its own records. `path` may be relative to the file's folder. */
export async function saveQuestionFile(uri: vscode.Uri, path: string | undefined): Promise<void> {
  await changeByPattern(uri, "questionFiles", (entries) => {
    const others = entries.filter(([pattern]) => !fitsGlob(pattern, pathOf(uri)));
    return path === undefined ? others : [...others, [globOf(pathOf(uri)), path]];
  });
}

type Entry = readonly [pattern: string, value: unknown];

/** Changes a setting by patterns, in the workspace's settings where there is a workspace. */
async function changeByPattern(uri: vscode.Uri, name: string, change: (entries: readonly Entry[]) => readonly Entry[]): Promise<void> {
  const settings = vscode.workspace.getConfiguration(section, uri);
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  const set = settings.inspect<Readonly<Record<string, unknown>>>(name);
  const entries = Object.entries((inWorkspace ? set?.workspaceValue : set?.globalValue) ?? {});
  const changed = change(entries);
  await settings.update(name, changed.length === 0 ? undefined : Object.fromEntries(changed), target);
}

/** A file's path inside the workspace, else its whole path. */
const pathOf = (uri: vscode.Uri): string => vscode.workspace.asRelativePath(uri, false).replaceAll("\\", "/");

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
