/**
 * Watches the open file: growth, replacement, deletion. Watchers tell at once, but not every file system has them, and some miss a file outside the
 * workspace: a file on screen is looked at every now and then, too.
 */
import * as vscode from "vscode";
import { changeOf, type FileChange, type Looked } from "./fileChange";
import { fileName } from "./notify";
import type { Session } from "./session";

/** Milliseconds between a change on disk and the look at it. */
const settleMs = 300;
/** Milliseconds between two looks at a file on screen. */
const lookMs = 2_000;

/** Tells the session of changes; the function stops watching. `isVisible`: is the file on screen? */
export function watchFile(uri: vscode.Uri, session: Session, isVisible: () => boolean): () => void {
  const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, ".."), escapeGlob(fileName(uri)));
  const inside = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(uri, "*"));
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  let before: Looked | undefined;
  let turn: Promise<void> = Promise.resolve();
  const look = (told: boolean) => {
    turn = turn.then(async () => {
      const now = await stateOf(uri);
      if (!now) return;
      const change = changeOf(before, now, told);
      before = now;
      await act(change, session, fileName(uri));
    });
  };
  let timer: NodeJS.Timeout | undefined;
  const later = (action: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(action, settleMs);
  };
  const changed = () => later(() => look(true));
  const grew = () => later(() => void session.info().catch(() => undefined));
  look(false);
  const looking = setInterval(() => isVisible() && look(false), lookMs);
  const disposable = vscode.Disposable.from(
    watcher,
    inside,
    inside.onDidChange(grew),
    inside.onDidCreate(grew),
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
  );
  return () => {
    clearTimeout(timer);
    clearInterval(looking);
    disposable.dispose();
  };
}

/** The file as it is now; undefined when its file system does not answer, which says nothing about the file. */
async function stateOf(uri: vscode.Uri): Promise<Looked | undefined> {
  try {
    const { size, mtime, type } = await vscode.workspace.fs.stat(uri);
    return { size, mtime, isFolder: (type & vscode.FileType.Directory) !== 0 };
  } catch (error) {
    return error instanceof vscode.FileSystemError && error.code === "FileNotFound" ? "gone" : undefined;
  }
}

async function act(change: FileChange, session: Session, name: string): Promise<void> {
  if (change === "gone") session.setGone(true, name);
  if (change === "back") session.setGone(false, name);
  if (change === "grew") await session.info().catch(() => undefined);
  if (change === "replaced") session.restart();
}

/** A file name that a glob pattern takes literally. */
export const escapeGlob = (name: string): string => name.replace(/[[\]{}*?]/g, (character) => `[${character}]`);
