/** Rows of the list as text for a table calculation program. */
import type { Row } from "../../src/protocol/engine";

const head = [
  "id",
  "line",
  "question",
  "model",
  "verdict",
  "tokens",
  "units",
  "steps",
  "after",
  "restates",
  "repeats",
  "re-verifies",
  "loops",
  "problems",
];

/** Tabs and line breaks would tear a cell apart. */
const cell = (value: string | number | undefined): string => String(value ?? "").replace(/[\t\r\n]+/g, " ");

/** One line a row with tabs between the values, under a line of names. Shares are 0 to 1; what is not known yet is empty. */
export function rowsAsText(rows: readonly Row[]): string {
  const lines = rows.map((row) =>
    [
      row.id,
      row.line,
      row.question,
      row.model,
      row.verdict,
      row.tokens,
      row.units,
      row.steps,
      row.after?.toFixed(3),
      ...(row.flags ?? []),
    ].map(cell),
  );
  return [head, ...lines].map((cells) => cells.join("\t")).join("\n");
}
