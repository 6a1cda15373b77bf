import type { FieldPath, Part, PartKind } from "../trace";

/** Options of a piece of text. */
export interface PieceOptions {
  /** Offset of the piece in the field's string, UTF-16 code units; 0 unless told. */
  readonly fieldStart?: number;
  /** Separator put after the piece that is not in the file. */
  readonly glue?: string;
  /** Name of the tool or role. */
  readonly name?: string;
}

/** Builds a text from pieces of the record and remembers where each came from. Empty pieces leave no part. */
export class TextBuilder {
  private readonly pieces: string[] = [];
  private readonly made: Part[] = [];
  private separator = "";
  private at = 0;

  /** Length so far, UTF-16 code units. */
  get length(): number {
    return this.at;
  }

  /** Appends a piece; returns the offset where it starts. */
  add(value: string, path: FieldPath, kind: PartKind, options: PieceOptions = {}): number {
    const start = this.at;
    if (value === "") return start;
    const glue = options.glue ?? "";
    this.pieces.push(value, glue);
    this.separator = glue;
    this.at += value.length + glue.length;
    const fieldStart = options.fieldStart ?? 0;
    const name = options.name;
    this.made.push({ start, end: this.at, kind, path, fieldStart, glue: glue.length, ...(name !== undefined && { name }) });
    return start;
  }

  /** Appends text that was made from structured data: it has a place but does not stand in the file, so all of it is glue. */
  addMade(value: string, path: FieldPath, kind: PartKind, options: Omit<PieceOptions, "fieldStart"> = {}): number {
    const start = this.at;
    if (value === "") return start;
    const separator = options.glue ?? "";
    const name = options.name;
    this.pieces.push(value, separator);
    this.separator = separator;
    this.at += value.length + separator.length;
    this.made.push({ start, end: this.at, kind, path, fieldStart: 0, glue: this.at - start, ...(name !== undefined && { name }) });
    return start;
  }

  /** Takes back the separator after the last piece: nothing follows it. */
  end(): this {
    const last = this.made.at(-1);
    if (!last || this.separator === "") return this;
    const length = this.separator.length;
    this.pieces.pop();
    this.at -= length;
    this.made[this.made.length - 1] = { ...last, end: this.at, glue: last.glue - length };
    this.separator = "";
    return this;
  }

  text(): string {
    return this.pieces.join("");
  }

  parts(): Part[] {
    return this.made;
  }
}
