/** Broken records of a file as entries of the Problems panel. */
import { placeOf as placeNameOf } from "../core/import/importer";
import type { FileInfo } from "../protocol/engine";

/** Where an entry points: into the file itself, into a file of the folder, or, where no line on disk holds the record, into the record's own text. */
export type ProblemPlace = { readonly kind: "file" } | { readonly kind: "part"; readonly name: string } | { readonly kind: "record" };

/** One entry. */
export interface ProblemEntry {
  readonly record: number;
  readonly place: ProblemPlace;
  /** 0-based line and column of the place; UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What the link to the record says. */
  readonly label: string;
}

type Found = FileInfo["problems"][number];

/** Entries shown of one file. */
export const mostProblems = 100;

/** Containers whose records are no lines on disk. */
const withoutLines: readonly FileInfo["container"][] = ["parquet", "inspect-archive"];
/** The same for files of a folder, by their names; what is in an archive has a path within it. */
const partWithoutLines = /\.(?:gz|zst|zstd|parquet)$|\.eval(?:\/|$)/i;

/** The entries of a file or folder, at most {@link mostProblems}, the last one saying how many more there are. */
export function problemEntries(
  info: Pick<FileInfo, "container" | "packing" | "problems" | "malformed"> | undefined,
): readonly ProblemEntry[] {
  if (!info) return [];
  const entries = info.problems.slice(0, mostProblems).map((problem) => entryOf(problem, placeOf(problem, info)));
  const more = info.malformed - entries.length;
  const last = entries.at(-1);
  if (more <= 0 || !last) return entries;
  return [...entries.slice(0, -1), { ...last, message: `${last.message}. ${more} more records of this file are broken` }];
}

function placeOf({ part }: Found, { container, packing }: Pick<FileInfo, "container" | "packing">): ProblemPlace {
  if (container === "folder" && part !== undefined && !partWithoutLines.test(part)) return { kind: "part", name: part };
  return packing !== undefined || container === "folder" || withoutLines.includes(container) ? { kind: "record" } : { kind: "file" };
}

function entryOf(problem: Found, place: ProblemPlace): ProblemEntry {
  const { record, line, column, message, part } = problem;
  return {
    record,
    place,
    line: place.kind === "record" ? 0 : line - 1,
    column: Math.max(0, (column ?? 1) - 1),
    message,
    label: [part, placeNameOf(problem)].filter((name) => name !== undefined).join(" "),
  };
}
