/** Broken records of a file as entries of the Problems panel. */
import type { FileInfo } from "../protocol/engine";

/** One entry. */
export interface ProblemEntry {
  readonly record: number;
  /** 0-based line and column of the file; UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What the link to the record says. */
  readonly label: string;
}

/** Entries shown of one file. */
export const mostProblems = 100;

/**
 * The entries of a file, at most {@link mostProblems}, the last one saying how many more there are. None for a file that is not read line by line as it
 * stands on disk (a packed one, a folder): there is no line to point to.
 */
export function problemEntries(
  info: Pick<FileInfo, "container" | "packing" | "problems" | "malformed"> | undefined,
): readonly ProblemEntry[] {
  if (!info || info.packing !== undefined || info.container === "folder") return [];
  const entries = info.problems.slice(0, mostProblems).map(({ record, line, column, message }) => ({
    record,
    line: line - 1,
    column: Math.max(0, (column ?? 1) - 1),
    message,
    label: `line ${line}`,
  }));
  const more = info.malformed - entries.length;
  const last = entries.at(-1);
  if (more <= 0 || !last) return entries;
  return [...entries.slice(0, -1), { ...last, message: `${last.message}. ${more} more records of this file are broken` }];
}
