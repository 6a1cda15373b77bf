/** The columns of the pair list, and one row of it. */
import { html, nothing, type TemplateResult } from "lit";
import type { JoinKey, PairPage, PairRow } from "../../src/protocol/engine";
import { count, percent, ratio } from "../format";
import { icons } from "../icons";
import { verdictLooks } from "../words";
import { type PairSort, pairRatio } from "./pairing";

interface Column {
  readonly sort: PairSort;
  readonly label: string;
  readonly title: string;
  readonly className: string;
  cell(row: PairRow): unknown;
}

/** From left to right, after the box that chooses a row. */
export const pairColumns: readonly Column[] = [
  { sort: "teacher", label: "T", title: "Teacher's verdict", className: "mk", cell: (row) => verdict(row.teacherVerdict) },
  { sort: "student", label: "S", title: "Student's verdict", className: "mk", cell: (row) => verdict(row.studentVerdict) },
  { sort: "id", label: "id", title: "Record", className: "id", cell: ({ id }) => html`<span title=${id}>${id}</span>` },
  { sort: "question", label: "question", title: "Question", className: "qu", cell: (row) => row.question },
  {
    sort: "teacherTokens",
    label: "teacher",
    title: "Tokens of the teacher",
    className: "num",
    cell: (row) => tokens(row.teacherTokens, row.teacherEstimate),
  },
  {
    sort: "studentTokens",
    label: "student",
    title: "Tokens of the student",
    className: "num",
    cell: (row) => tokens(row.studentTokens, row.studentEstimate),
  },
  { sort: "ratio", label: "ratio", title: "Student's tokens over teacher's", className: "num", cell: shareCell },
  { sort: "unitsDelta", label: "Δ units", title: "Student's thinking units minus teacher's", className: "num", cell: unitsDelta },
  {
    sort: "divergence",
    label: "parts at",
    title: "Teacher's share before the first divergence; sorting by it aligns the pairs",
    className: "num",
    cell: ({ divergence }) => (divergence === undefined ? "" : `${percent(divergence)} %`),
  },
  {
    sort: "agree",
    label: "agree",
    title: "Do the two final answers agree?",
    className: "num",
    cell: ({ agree }) => (agree === undefined ? "" : agree ? "yes" : "no"),
  },
];

/** The cells of a row. */
export const pairCells = (row: PairRow): TemplateResult[] =>
  pairColumns.map((column) => html`<span role="gridcell" class=${column.className}>${column.cell(row)}</span>`);

/** A key in words: "id", "place in the file", "field uid". */
export const keyWords = (key: JoinKey): string => (key === "index" ? "place in the file" : key.replace(/^field:/, "field "));

/** "4 only in teacher, 1 only in student": how many traces did not join; empty where all did. */
export const loneWords = (page: PairPage): string =>
  [
    page.unpairedTeacher > 0 ? `${count(page.unpairedTeacher)} only in teacher` : "",
    page.unpairedStudent > 0 ? `${count(page.unpairedStudent)} only in student` : "",
  ]
    .filter(Boolean)
    .join(", ");

/** What the list says of itself below the rows. */
export function listWords(page: PairPage): TemplateResult {
  const known = page.pairs.filter((row) => row.agree !== undefined);
  const agreeing = known.filter((row) => row.agree).length;
  const analysed = page.pairs.filter((row) => row.teacherTokens !== undefined && row.studentTokens !== undefined).length;
  const parts = [
    analysed < page.pairs.length ? `${count(analysed)} analysed so far` : "",
    known.length > 0 ? `${percent(agreeing / known.length)} % agree` : "",
    page.aligned > 0 && page.aligned < page.total ? `aligned ${count(page.aligned)} of ${count(page.total)}` : "",
    page.pairs.length < page.matching ? `the first ${count(page.pairs.length)} are listed` : "",
  ].filter(Boolean);
  return html`<b>${count(page.matching)}</b> of ${count(page.total)} pairs${page.joined ? "" : " so far"}${parts.map((part) => ` · ${part}`)}`;
}

function tokens(known: number | undefined, estimate: number | undefined): TemplateResult | string {
  if (known !== undefined) return count(known);
  return estimate === undefined
    ? ""
    : html`<span class="est" title="Estimated from the length; not analysed yet">~${count(estimate)}</span>`;
}

function shareCell(row: PairRow): string {
  const share = pairRatio(row);
  return share === undefined ? "" : ratio(share);
}

function unitsDelta({ teacherUnits, studentUnits }: PairRow): string {
  if (teacherUnits === undefined || studentUnits === undefined) return "";
  const delta = studentUnits - teacherUnits;
  return delta > 0 ? `+${delta}` : String(delta).replace("-", "−");
}

function verdict(value: PairRow["teacherVerdict"]): TemplateResult | typeof nothing {
  if (value === undefined) return nothing;
  const look = verdictLooks[value];
  return html`<span class=${look.className} role="img" aria-label=${look.word}>${icons[look.icon]}</span>`;
}
