/** Pictures, sounds and films beside the trace's file, shown when the reader asks for one. */
import * as vscode from "vscode";
import { RpcError } from "../protocol/rpc";

/** Pictures that need no other file, by ending: these are shown in the text. */
const pictureTypes: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  bmp: "image/bmp",
};
/** What the editor shows in a tab of its own. */
const otherMedia = new Set("svg avif ico tif tiff mp3 wav ogg flac m4a aac opus mp4 webm mov mkv avi pdf".split(" "));
/** Largest picture that is put into the text, in bytes. */
const largestPicture = 20 * 2 ** 20;

/** See `HostRequests.showMedia`. */
export async function showMedia(trace: vscode.Uri, address: string): Promise<{ readonly picture?: string }> {
  const target = resolveAddress(trace, address);
  const ending = /\.(\w+)$/.exec(target.path)?.[1]?.toLowerCase() ?? "";
  const type = pictureTypes[ending];
  if (type === undefined && !otherMedia.has(ending)) throw new RpcError("no-media", `${address} is no picture, sound or film.`);
  const { size } = await statOf(target, address);
  if (type !== undefined && size <= largestPicture) {
    const bytes = await vscode.workspace.fs.readFile(target);
    return { picture: `data:${type};base64,${Buffer.from(bytes).toString("base64")}` };
  }
  await vscode.commands.executeCommand("vscode.open", target);
  return {};
}

/** The file an address means. Rejects one outside the workspace folder, or without one outside the trace's own folder. */
function resolveAddress(trace: vscode.Uri, address: string): vscode.Uri {
  const folder = vscode.Uri.joinPath(trace, "..");
  const root = vscode.workspace.getWorkspaceFolder(trace)?.uri ?? folder;
  const path = decoded(address.replace(/[?#].*$/, ""));
  const target = vscode.Uri.joinPath(path.startsWith("/") ? trace.with({ path: "/" }) : folder, path);
  if (target.path.startsWith(`${root.path.replace(/\/$/, "")}/`)) return target;
  throw new RpcError("outside", `${address} lies outside ${root.path}, so it is not shown.`);
}

async function statOf(target: vscode.Uri, address: string): Promise<vscode.FileStat> {
  const found = await vscode.workspace.fs.stat(target).then(
    (stat) => stat,
    () => undefined,
  );
  if (found === undefined) throw new RpcError("not-found", `There is no file ${address} beside the trace's file.`);
  if (found.type & vscode.FileType.Directory) throw new RpcError("no-media", `${address} is a folder.`);
  return found;
}

/** The path of an address; as written where its escapes are broken. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
