/** A row of the evaluation table. */
export interface Row {
  readonly measure: string;
  /** Items behind the figure. */
  readonly n: number;
  /** A plain rule's figure; undefined when there is none. */
  readonly floor: number | undefined;
  readonly ours: number;
  readonly goal: number;
}

/** The table as Markdown. */
export function table(rows: readonly Row[]): string {
  const cell = (value: number | undefined): string =>
    value === undefined
      ? "–"
      : Number.isNaN(value)
        ? "no data"
        : Number.isInteger(value)
          ? String(value)
          : value.toFixed(3).replace(/^0/, "");
  const lines = rows.map((row) => `| ${row.measure} | ${row.n} | ${cell(row.floor)} | ${cell(row.ours)} | ${cell(row.goal)} |`);
  return ["| measure | n | floor | ours | goal |", "| --- | --- | --- | --- | --- |", ...lines].join("\n");
}
