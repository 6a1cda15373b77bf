/** Writes the figures of a rule into its page, so that whoever asks what a mark means also reads how often it is right. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Row, table } from "./row";

const folder = path.resolve(import.meta.dirname, "../../media/rules");
const heading = "## How often it is right";

/** What the measures of a rule's rows start with, beside `flag <rule>`. The rest of a measure is read after the first that fits. */
const otherNames: Readonly<Record<string, readonly string[]>> = { repeat: ["verbatim repeat"] };

/** Few labelled items say nothing: their rows stand in the whole table only. */
const fewest = 10;

/** A row that follows another and speaks of the same rule without naming it. */
const follows = (row: Row | undefined): boolean => row?.measure.startsWith("the same") === true;

function rowsOf(rule: string, rows: readonly Row[]): Row[] {
  const names = [`flag ${rule}`, ...(otherNames[rule] ?? [])];
  const own = rows.flatMap((row, i) =>
    names.some((name) => row.measure.startsWith(name)) ? [row, ...(follows(rows[i + 1]) ? [rows[i + 1]!] : [])] : [],
  );
  return own.filter(({ n, ours }) => n >= fewest && !Number.isNaN(ours));
}

function sectionOf(rule: string, rows: readonly Row[]): string {
  const own = rowsOf(rule, rows);
  const words =
    own.length === 0
      ? "Not measured: no labelled traces hold enough of it. It is tested on traces that have the fault and on traces that have not."
      : `Measured on labelled traces, on public sets and on faults built into traces; n is the number of items.\n\n${table(own)}`;
  return `${heading}\n\n${words}\n`;
}

/** The page with its section of figures made anew, before "## Source" or at its end. */
export function withFigures(page: string, rule: string, rows: readonly Row[]): string {
  const sections = page.split(/^(?=## )/m).filter((section) => !section.startsWith(heading));
  const source = sections.findIndex((section) => section.startsWith("## Source"));
  const at = source < 0 ? sections.length : source;
  const before = sections.slice(0, at).join("").trimEnd();
  const after = sections.slice(at).join("");
  return `${before}\n\n${sectionOf(rule, rows)}${after === "" ? "" : `\n${after}`}`;
}

/** Writes the figures into every page of `media/rules`. */
export function writeRulePages(rows: readonly Row[]): void {
  for (const file of readdirSync(folder)) {
    const at = path.join(folder, file);
    writeFileSync(at, withFigures(readFileSync(at, "utf8"), path.basename(file, ".md"), rows));
  }
}
