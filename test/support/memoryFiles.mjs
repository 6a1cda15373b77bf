// An extension whose file system lives in memory, as those of remote repositories and archives do: no path on this machine leads into it.
import { packExtension } from "./tinyExtension.mjs";

const script = `const vscode = require("vscode");
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const files = new Map();
const changed = new vscode.EventEmitter();
const found = (uri) => {
  const file = files.get(uri.path);
  if (!file) throw vscode.FileSystemError.FileNotFound(uri);
  return file;
};
const folder = () => vscode.workspace.workspaceFolders[0].uri.fsPath;
const provider = {
  onDidChangeFile: changed.event,
  watch: () => new vscode.Disposable(() => undefined),
  stat: (uri) => (uri.path === "/" || uri.path === "/traces" ? { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 } : { type: vscode.FileType.File, ctime: 0, mtime: 1, size: found(uri).length }),
  readDirectory: (uri) => (uri.path === "/" ? [["traces", vscode.FileType.Directory]] : [...files.keys()].map((path) => [path.slice("/traces/".length), vscode.FileType.File])),
  readFile: (uri) => found(uri),
  writeFile: (uri, bytes) => {
    files.set(uri.path, bytes);
    mkdirSync(join(folder(), "in-memory"), { recursive: true });
    writeFileSync(join(folder(), "in-memory", uri.path.slice("/traces/".length)), bytes);
  },
  createDirectory: () => undefined,
  delete: (uri) => void files.delete(uri.path),
  rename: () => { throw vscode.FileSystemError.NoPermissions(); },
};
exports.activate = (context) => {
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider("memory", provider));
  context.subscriptions.push(vscode.commands.registerCommand("memory.openSamples", () => {
    const samples = vscode.Uri.parse("memory:/traces/samples.jsonl");
    files.set(samples.path, new Uint8Array(readFileSync(join(folder(), "samples.jsonl"))));
    return vscode.commands.executeCommand("vscode.openWith", samples, "reasoningTrace.inspector");
  }));
};`;

/** Packs it. Its command "Memory: Open Samples" opens the workspace's samples from memory; what is written to memory is shown in the workspace's folder `in-memory`. */
export const memoryFiles = (folder) =>
  packExtension(
    folder,
    {
      name: "memory-files",
      activationEvents: ["onFileSystem:memory"],
      contributes: { commands: [{ command: "memory.openSamples", title: "Memory: Open Samples" }] },
    },
    script,
  );
