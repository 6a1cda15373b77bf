/** Watches the open file: growth, replacement, deletion. */
import * as vscode from "vscode";
import { fileName } from "./notify";
import type { Session } from "./session";

/** Milliseconds between a change on disk and the question whether the file grew. */
const settleMs = 300;

/** Tells the session of changes; the function stops watching. */
export function watchFile(uri: vscode.Uri, session: Session): () => void {
  const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, ".."), escapeGlob(fileName(uri)));
  const inside = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(uri, "*"));
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  let timer: NodeJS.Timeout | undefined;
  const later = (action: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(action, settleMs);
  };
  const name = fileName(uri);
  const disposable = vscode.Disposable.from(
    watcher,
    inside,
    inside.onDidChange(() => later(() => void session.info().catch(() => undefined))),
    inside.onDidCreate(() => later(() => void session.info().catch(() => undefined))),
    watcher.onDidChange(() => later(() => void changed(uri, session))),
    watcher.onDidCreate(() => later(() => session.setGone(false, name))),
    watcher.onDidDelete(() => later(() => void deleted(uri, session, name))),
  );
  return () => {
    clearTimeout(timer);
    disposable.dispose();
  };
}

/** A file that became shorter was replaced, one that was empty shows only now what it holds; any other that became longer is read on. */
async function changed(uri: vscode.Uri, session: Session): Promise<void> {
  const before = session.lastInfo?.bytes ?? 0;
  const stat = await vscode.workspace.fs.stat(uri).then(undefined, () => undefined);
  if (!stat) return;
  if (stat.type & vscode.FileType.Directory || (before > 0 && stat.size > before)) await session.info().catch(() => undefined);
  else session.restart();
}

async function deleted(uri: vscode.Uri, session: Session, name: string): Promise<void> {
  const there = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (!there) session.setGone(true, name);
}

/** A file name that a glob pattern takes literally. */
export const escapeGlob = (name: string): string => name.replace(/[[\]{}*?]/g, (character) => `[${character}]`);
