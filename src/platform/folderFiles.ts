/** Which files a folder or a pattern stands for. */
import { readdirSync, statSync } from "node:fs";
import { isAbsolute, join, sep } from "node:path";
import type { FolderFile } from "../core/container/folderRecords";
import { naturalOrder } from "../core/container/naturalOrder";

/** Files that are read at most. */
export const mostFiles = 10_000;
/** Folders that are looked into at most. */
const mostFolders = 20_000;

const packings = "(?:\\.(?:gz|zst|zstd))?";
/** Files that a folder is read by: those of the first kind that it holds. */
const kinds: readonly RegExp[] = [`(?:jsonl|ndjson|jsonlines)${packings}`, "parquet", "eval", "traj", `json${packings}`].map(
  (ending) => new RegExp(`\\.${ending}$`, "i"),
);

/** A folder, and which of its files are meant. */
export interface FilePattern {
  readonly folder: string;
  /** Tells by a file's path within the folder, parted by "/". */
  readonly fits: RegExp;
  /** Files in folders of the folder may fit. */
  readonly deep: boolean;
}

/**
 * Reads a path with `*` (any characters of a name), `?` (one) and `**` (any folders) as a pattern; undefined for a path without. Upper and lower case are the same.
 */
export function patternOf(path: string): FilePattern | undefined {
  const segments = path.split(sep === "\\" ? /[\\/]/ : "/");
  const first = segments.findIndex((segment) => /[*?]/.test(segment));
  if (first < 0) return undefined;
  const rest = segments.slice(first);
  const folder = segments.slice(0, first).join(sep);
  const root = isAbsolute(path) ? sep : ".";
  return {
    folder: folder === "" ? root : folder,
    fits: new RegExp(`^${rest.map(segmentPattern).join("")}$`, "i"),
    deep: rest.length > 1 || rest[0] === "**",
  };
}

/** What a segment of a pattern stands for, with the separator after it unless it is the last. */
function segmentPattern(segment: string, i: number, { length }: readonly string[]): string {
  const last = i === length - 1;
  if (segment === "**") return last ? ".*" : "(?:[^/]+/)*";
  const name = segment
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  return last ? name : `${name}/`;
}

/** The files of a pattern, in natural order. Hidden ones are left out. Throws when the folder cannot be read. */
export const filesOfPattern = ({ folder, fits, deep }: FilePattern): FolderFile[] =>
  withSizes(
    folder,
    namesIn(folder, deep).filter((name) => fits.test(name)),
  );

/**
 * The files that a folder is read by, in natural order; where it holds none, those of the folders in it, at any depth. Hidden ones are left out. Throws when the
 * folder cannot be read.
 */
export function filesOfFolder(folder: string): FolderFile[] {
  const own = ofFirstKind(namesIn(folder, false));
  return withSizes(folder, own.length > 0 ? own : ofFirstKind(namesIn(folder, true)));
}

function ofFirstKind(names: readonly string[]): readonly string[] {
  const kind = kinds.find((candidate) => names.some((name) => candidate.test(name)));
  return kind ? names.filter((name) => kind.test(name)) : [];
}

/** Paths within the folder, parted by "/". A folder further down that cannot be read is left out. */
function namesIn(folder: string, deep: boolean): string[] {
  const names: string[] = [];
  const folders = [""];
  for (let i = 0; i < folders.length && i < mostFolders && names.length <= mostFiles * 10; i++) {
    const within = folders[i] ?? "";
    for (const entry of entriesOf(join(folder, within), i === 0)) {
      if (entry.name.startsWith(".")) continue;
      if (!entry.isDirectory()) names.push(within + entry.name);
      else if (deep) folders.push(`${within}${entry.name}/`);
    }
  }
  return names;
}

function entriesOf(folder: string, needed: boolean) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    if (needed) throw thrown;
    return [];
  }
}

const withSizes = (folder: string, names: readonly string[]): FolderFile[] =>
  [...names].sort(naturalOrder).map((name) => {
    const path = join(folder, name);
    return { name, path, size: statSync(path, { throwIfNoEntry: false })?.size ?? 0 };
  });
