/** Columns of the record list: a table of what they are called, how they sort and what a row shows in them. */
import { html, type nothing, type TemplateResult } from "lit";
import type { Row, SortKey } from "../../src/protocol/engine";
import type { ColumnChoice } from "../../src/protocol/host";
import { count, percent } from "../format";
import { type IconName, icons } from "../icons";
import { place } from "../place";
import { plainMaths } from "../text/plainMaths";
import { verdictLooks } from "../words";

/** One column. `dropBelow`: list width in pixels under which it is left out, in the order flags, units, model, id. */
export interface Column {
  readonly key: SortKey;
  readonly label: string;
  readonly title: string;
  readonly className: string;
  readonly track: string;
  readonly dropBelow: number;
  readonly cell: (row: Row) => TemplateResult | typeof nothing;
}

const flagSlots: readonly { readonly icon: IconName; readonly title: string }[] = [
  { icon: "quote", title: "restates the problem" },
  { icon: "copy", title: "repeats a step or unit" },
  { icon: "verified", title: "re-verifies" },
  { icon: "sync", title: "loop" },
  { icon: "warning", title: "unclosed, truncated or another problem of the record" },
];

const number = (value: number | undefined): TemplateResult =>
  html`<span role="gridcell" class="num">${value === undefined ? "" : count(value)}</span>`;

const idTrack = "78px";

/** All columns from left to right. */
export const columns: readonly Column[] = [
  {
    key: "verdict",
    label: "",
    title: "Answer mark",
    className: "",
    track: "16px",
    dropBelow: 0,
    cell: (row) => {
      const look = row.verdict && row.kind === "trace" ? verdictLooks[row.verdict] : undefined;
      if (!look) return html`<span role="gridcell" class="mk"></span>`;
      return html`<span role="gridcell" class="mk ${look.className}" title=${look.word} aria-label=${look.word}>${icons[look.icon]}</span>`;
    },
  },
  {
    key: "id",
    label: "id",
    title: "Record",
    className: "",
    track: idTrack,
    dropBelow: 340,
    cell: (row) => html`<span role="gridcell" class="id" title=${row.id}><bdi>${row.id}</bdi></span>`,
  },
  {
    key: "question",
    label: "question",
    title: "Question",
    className: "",
    track: "minmax(0,1fr)",
    dropBelow: 0,
    cell: (row) => {
      const question = plainMaths(row.question);
      return html`<span role="gridcell" class="qq" title=${question}>${question}</span>`;
    },
  },
  {
    key: "model",
    label: "model",
    title: "Model",
    className: "",
    track: "82px",
    dropBelow: 420,
    cell: (row) => html`<span role="gridcell" class="md" title=${row.model ?? ""}>${row.model ?? ""}</span>`,
  },
  {
    key: "tokens",
    label: "tokens",
    title: "Tokens of the thinking",
    className: "num",
    track: "46px",
    dropBelow: 0,
    cell: (row) => number(row.tokens),
  },
  {
    key: "units",
    label: "units",
    title: "Thinking units",
    className: "num",
    track: "32px",
    dropBelow: 480,
    cell: (row) => number(row.units),
  },
  {
    key: "after",
    label: "after\u00a0%",
    title: "Share of tokens after the first answer",
    className: "num",
    track: "54px",
    dropBelow: 0,
    cell: (row) => (row.after === undefined ? html`<span role="gridcell" class="pa"></span>` : afterBar(row.after)),
  },
  {
    key: "flags",
    label: "",
    title: "restates, repeats, re-verifies, loop, problems",
    className: "fl",
    track: "90px",
    dropBelow: 530,
    cell: (row) => flagCells(row.flags),
  },
];

function afterBar(share: number): TemplateResult {
  return html`<span role="gridcell" class="pa"><span class="bar"><u ${place({ width: `${percent(share)}%` })}></u></span><span class="v">${percent(share)}</span></span>`;
}

function flagCells(flags: Row["flags"]): TemplateResult {
  if (!flags) return html`<span role="gridcell" class="fl"></span>`;
  return html`<span role="gridcell" class="fl">${flagSlots.map(({ icon, title }, slot) => {
    const found = flags[slot] ?? 0;
    if (found === 0) return html`<s>·</s>`;
    return html`<span title="${title}: ${found}">${slot === flagSlots.length - 1 ? icons[icon] : found > 99 ? "99+" : count(found)}</span>`;
  })}</span>`;
}

/** Head of the flag column. */
export const flagHead = (): TemplateResult => html`${flagSlots.map(({ icon, title }) => html`<span title=${title}>${icons[icon]}</span>`)}`;

/** Widths in pixels that a reader may give a column. */
const narrowest = 24;
const widest = 600;

/** A width within the limits. */
export const columnWidth = (width: number): number => Math.round(Math.min(widest, Math.max(narrowest, width)));

/**
 * All columns in the reader's order, with what the reader chose for each. Columns the choice does not name stand last; they are shown unless they are `empty`,
 * which would only take room.
 */
export function arranged(
  choice: readonly ColumnChoice[] | undefined,
  empty: ReadonlySet<SortKey>,
): readonly { readonly column: Column; readonly choice: ColumnChoice }[] {
  const chosen = (choice ?? []).flatMap((one) => {
    const column = columns.find(({ key }) => key === one.key);
    return column ? [{ column, choice: one }] : [];
  });
  const rest = columns.filter(({ key }) => !chosen.some(({ column }) => column.key === key));
  return [...chosen, ...rest.map((column) => ({ column, choice: { key: column.key, shown: !empty.has(column.key) } }))];
}

const noneEmpty: ReadonlySet<SortKey> = new Set();

/** Columns that fit a list of this width in pixels, in the reader's order and widths. `empty`: columns that no row fills. */
export function columnsFor(width: number, choice?: readonly ColumnChoice[], empty = noneEmpty): readonly Column[] {
  const shown = arranged(choice, empty).filter(({ column, choice: { shown: wanted } }) => wanted && width >= column.dropBelow);
  return shown.map(({ column, choice: { width: own } }) => (own === undefined ? column : { ...column, track: `${columnWidth(own)}px` }));
}

/** The grid template of these columns. The question takes the room that is left; where it is not shown, the id does while it has no width of its own. */
export function tracksOf(shown: readonly Column[]): string {
  const tracks = shown.map(({ track }) => track);
  if (tracks.some((track) => track.includes("fr"))) return tracks.join(" ");
  const id = shown.findIndex(({ key, track }) => key === "id" && track === idTrack);
  if (id < 0) return `${tracks.join(" ")} minmax(0,1fr)`;
  return tracks.with(id, `minmax(${idTrack},1fr)`).join(" ");
}
