/** The extension's settings, read from VS Code. */
import * as vscode from "vscode";
import type { FieldMapping } from "../core/import/mapping";
import type { EngineOptions } from "../protocol/engineOptions";
import type { ViewSettings } from "../protocol/host";
import { type AnnotationPlace, annotationPlaces } from "./annotations";
import { engineOptionsFrom, mappingFor } from "./engineSettings";
import { fitsGlob } from "./glob";

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
  return engineOptionsFrom((name) => settings.get<unknown>(name), pathOf(uri));
}

/** The mapping that holds for a file. */
export const mappingOf = (uri: vscode.Uri): FieldMapping | undefined =>
  mappingFor(vscode.workspace.getConfiguration(section, uri).get<unknown>("mappings"), pathOf(uri));

/** Saves a mapping for the files that a pattern fits, in the workspace's settings where there is a workspace. It overrides others that fit. */
export async function saveMapping(uri: vscode.Uri, pattern: string, mapping: FieldMapping): Promise<void> {
  await changeMappings(uri, (entries) => [...entries.filter(([known]) => known !== pattern), [pattern, mapping]]);
}

/** Takes every mapping out that fits the file. */
export async function removeMapping(uri: vscode.Uri): Promise<void> {
  await changeMappings(uri, (entries) => entries.filter(([pattern]) => !fitsGlob(pattern, pathOf(uri))));
}

type MappingEntry = readonly [pattern: string, mapping: unknown];

async function changeMappings(uri: vscode.Uri, change: (entries: readonly MappingEntry[]) => readonly MappingEntry[]): Promise<void> {
  const settings = vscode.workspace.getConfiguration(section, uri);
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  const set = settings.inspect<Readonly<Record<string, unknown>>>("mappings");
  const entries = Object.entries((inWorkspace ? set?.workspaceValue : set?.globalValue) ?? {});
  const changed = change(entries);
  await settings.update("mappings", changed.length === 0 ? undefined : Object.fromEntries(changed), target);
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
