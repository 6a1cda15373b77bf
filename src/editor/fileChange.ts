/** What happened to a file between two looks at it. */

/** A file on disk: bytes, and milliseconds of its last change; 0 where the file system does not tell. */
export interface FileState {
  readonly size: number;
  readonly mtime: number;
  readonly isFolder: boolean;
}

/** A file, or that there is none. */
export type Looked = FileState | "gone";

/** "replaced": what was read of it may no longer hold. */
export type FileChange = "none" | "grew" | "replaced" | "gone" | "back";

/**
 * Compares two looks; `before` is undefined at the first. `told`: a watcher said that the file changed, which counts where sizes and times say nothing.
 * A file that became longer is read on, one that was empty shows only now what it holds, any other that changed was replaced.
 */
export function changeOf(before: Looked | undefined, now: Looked, told: boolean): FileChange {
  if (now === "gone") return before === "gone" ? "none" : "gone";
  if (before === "gone") return "back";
  if (before === undefined) return told ? "replaced" : "none";
  const same = now.size === before.size && now.mtime === before.mtime;
  if (same) return told && now.mtime === 0 ? "replaced" : "none";
  if (now.isFolder) return "grew";
  return before.size > 0 && now.size > before.size ? "grew" : "replaced";
}
