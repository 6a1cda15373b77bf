/** A file that is written piece by piece, where it is on this machine; elsewhere in one go, which is all that VS Code's file systems offer. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import * as vscode from "vscode";

/** Bytes that are kept until the file of another file system is written. */
const mostKept = 512 * 2 ** 20;

/** Where pieces of text go. */
export interface SaveTarget {
  write(text: string): Promise<void>;
  /** Completes the file. */
  finish(): Promise<void>;
  /** Takes back what was written. Never rejects. */
  discard(): Promise<void>;
}

export const openTarget = (place: vscode.Uri): SaveTarget => (place.scheme === "file" ? localTarget(place.fsPath) : remoteTarget(place));

/** Written beside its place and moved there when it is complete, so that a failure leaves what stood there before. */
function localTarget(path: string): SaveTarget {
  const part = `${path}.part`;
  const file = createWriteStream(part);
  const failed = once(file, "error").then(([error]) => Promise.reject(error));
  failed.catch(() => undefined);
  return {
    async write(text) {
      if (text !== "" && !file.write(text)) await Promise.race([once(file, "drain"), failed]);
    },
    async finish() {
      file.end();
      await Promise.race([once(file, "close"), failed]);
      await rename(part, path);
    },
    async discard() {
      file.destroy();
      await rm(part, { force: true }).catch(() => undefined);
    },
  };
}

function remoteTarget(place: vscode.Uri): SaveTarget {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let size = 0;
  return {
    async write(text) {
      const piece = encoder.encode(text);
      size += piece.length;
      if (size > mostKept)
        throw new Error(
          `More than ${mostKept / 2 ** 20} MB cannot be saved to ${place.scheme} in one piece. Save to this machine instead.`,
        );
      pieces.push(piece);
    },
    async finish() {
      const all = new Uint8Array(size);
      let at = 0;
      for (const piece of pieces) {
        all.set(piece, at);
        at += piece.length;
      }
      await vscode.workspace.fs.writeFile(place, all);
    },
    async discard() {
      pieces.length = 0;
    },
  };
}
