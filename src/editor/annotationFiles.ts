/** Sidecars as files: in the workspace's storage, or beside the traces. Nothing is written before the user has said where. */
import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { sidecarEnding } from "../core/annotate/sidecar";
import type { AnnotationPlace, SidecarStore } from "./annotations";
import { fileName } from "./notify";
import { annotationPlace } from "./settings";

/** What the user chose, where the setting does not say. */
const chosenKey = "annotationPlace";

/** Sidecars of this workspace. */
export function annotationFiles(context: vscode.ExtensionContext): SidecarStore {
  const storage = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, "annotations");
  const address = (uri: string, place: AnnotationPlace): vscode.Uri => {
    const file = vscode.Uri.parse(uri);
    if (place === "besideFile") return file.with({ path: file.path + sidecarEnding });
    const hash = createHash("sha256").update(uri).digest("hex").slice(0, 16);
    return vscode.Uri.joinPath(storage, `${fileName(file)}.${hash}${sidecarEnding}`);
  };
  return {
    name: (uri, place) => fileName(address(uri, place)),
    read: async (uri, place) => {
      const bytes = await vscode.workspace.fs.readFile(address(uri, place)).then(undefined, () => undefined);
      return bytes && new TextDecoder().decode(bytes);
    },
    write: async (uri, place, text) => vscode.workspace.fs.writeFile(address(uri, place), new TextEncoder().encode(text)),
    choose: async (uri) => {
      const chosen = annotationPlace() ?? readPlace(context.workspaceState.get(chosenKey));
      if (chosen) return chosen;
      const picked = await askPlace(vscode.Uri.parse(uri));
      if (picked) await context.workspaceState.update(chosenKey, picked);
      return picked;
    },
  };
}

/** Calls back with a trace file's URI when its sidecar changes on disk. */
export function watchSidecars(changed: (uri: string) => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(`**/*${sidecarEnding}`);
  const tell = (uri: vscode.Uri) => changed(uri.with({ path: uri.path.slice(0, -sidecarEnding.length) }).toString());
  return vscode.Disposable.from(watcher, watcher.onDidChange(tell), watcher.onDidCreate(tell), watcher.onDidDelete(tell));
}

const readPlace = (value: unknown): AnnotationPlace | undefined => (value === "workspace" || value === "besideFile" ? value : undefined);

async function askPlace(file: vscode.Uri): Promise<AnnotationPlace | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly place: AnnotationPlace })[] = [
    {
      label: "In the workspace's storage",
      detail: "For you alone. Nothing is written beside your data.",
      place: "workspace",
    },
    {
      label: `In ${fileName(file)}${sidecarEnding}, beside the file`,
      detail: "Can be shared and put under version control. The file of traces itself is never written.",
      place: "besideFile",
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: "Where should marks of this workspace be kept?",
    placeHolder: "Asked once; the setting reasoningTrace.annotations changes it",
    ignoreFocusOut: true,
  });
  return picked?.place;
}
