/** Opens the session of a file: a path the engine can read, a worker, a watcher. */
import * as vscode from "vscode";
import { startWorker } from "../platform/startWorker";
import { cacheFolder } from "./cache";
import { watchFile } from "./fileWatch";
import { localPath } from "./localCopy";
import { Session, type StartEngine } from "./session";
import { backgroundAnalysis, engineOptions, onSettingsChanged } from "./settings";

/** Starts engines in workers that run `script`. */
export const workerEngines =
  (script: string): StartEngine =>
  (path, options, events, died) => {
    const client = startWorker(script, path, options);
    client.onProgress((info) => events.progress(info));
    client.onAnalysed((from, to) => events.analysed(from, to));
    client.onExit(died);
    if (!backgroundAnalysis()) client.setBackground(false).catch(() => undefined);
    return { engine: client, withSignal: (signal) => client.withSignal(signal), dispose: () => client.dispose() };
  };

/** Opens a file by its URI, watching it on disk. `isVisible`: is the file on screen? */
export async function openSession(uri: string, storage: vscode.Uri, start: StartEngine, isVisible: () => boolean): Promise<Session> {
  const address = vscode.Uri.parse(uri);
  const session = new Session(uri, await localPath(address, storage), start, () => ({
    ...engineOptions(address),
    cacheFolder: cacheFolder(storage).fsPath,
  }));
  session.onDispose(watchFile(address, session, isVisible));
  const settings = onSettingsChanged(() => session.checkOptions());
  session.onDispose(() => settings.dispose());
  return session;
}
