import type { JsonObject, Trace } from "../trace";

/** What an importer is told about the record besides its content. */
export interface ImportContext {
  /** 0-based number of the record. */
  readonly record: number;
  /** 1-based line of the record's first byte; absent where the file has no lines. */
  readonly line?: number;
  /** File name without folders; a hint for a model's name when the record has none. */
  readonly fileName: string;
  /** Key of the record in a file that is one object keyed by question. */
  readonly key?: string;
  /** A question from a sibling file, joined by index or id. */
  readonly joined?: JsonObject;
}

/** What a record without a name is called: by its line, or by its 1-based number where there are no lines. */
export const placeName = ({ record, line }: Pick<ImportContext, "record" | "line">): string =>
  line === undefined ? `record ${record + 1}` : `line ${line}`;

/** {@link placeName} of what has a line in any case, and says whether it is known by its number. */
export const placeOf = (of: { readonly record: number; readonly line: number; readonly numbered?: true }): string =>
  placeName(of.numbered ? { record: of.record } : of);

/**
 * Reads one family of record shapes. Importers know shapes, never file names; the registry is a table of them.
 *
 * Adding one: a file in this folder, a row in `registry.ts`, a fixture in `test/fixtures`.
 */
export interface Importer {
  /** Stable name, used in settings, the CLI and tests. */
  readonly id: string;
  /** Name for people. */
  readonly title: string;
  /** How well the shape of one sample record fits, 0 (not mine) to 1 (certain). Reads keys and types only; never throws. */
  sniff(record: JsonObject): number;
  /** The record's rollouts, at least one when `sniff` was above 0. Never throws; a field of an unexpected type becomes a notice. */
  read(record: JsonObject, context: ImportContext): Trace[];
}
