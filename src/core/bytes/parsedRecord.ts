import type { Json, Notice } from "../trace";

/** A record's value and what a reader must know about how it was read. */
export interface ParsedRecord {
  readonly value: Json;
  readonly notices: readonly Notice[];
}

/** Why a text is not JSON. `column`: 1-based, UTF-16 code units in the record's text, where the parser stopped. */
export interface ParseFailure {
  readonly code: "not-json" | "too-deep";
  readonly message: string;
  readonly column: number;
}
