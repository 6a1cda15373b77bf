/** A pair as one HTML page without scripts or outside parts: what the Compare view shows, every row unfolded. */
import type { Analysis } from "../analysis";
import { indicesOf, type MatchKind, type StepRow, type TraceDiff, type UnitRow } from "../compare/traceDiff";
import type { Span, Trace } from "../trace";

/** A mark on a text: words that only one side has. */
export interface PageMark extends Span {
  readonly className: string;
}

/** Gives the HTML of a text with its marks; `baseOffset` is the offset of its first code unit in the trace. */
export type PairPageText = (text: string, marks: readonly PageMark[], baseOffset: number) => string;

/** A page whose texts are put in afterwards, by who can render them. */
export interface OpenPage {
  /** The page, with `placeOf` its texts in their places. */
  readonly page: string;
  readonly texts: readonly { readonly text: string; readonly marks: readonly PageMark[]; readonly baseOffset: number }[];
}

/** One side of the page. */
export interface PageSide {
  readonly trace: Trace;
  readonly analysis: Analysis;
}

/** A compared pair. */
export interface PagePair {
  readonly teacher: PageSide;
  readonly student: PageSide;
  readonly diff: TraceDiff;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as it may stand in HTML, also inside an attribute's quotes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** The plainest text: no Markdown, marks as elements. Marks may not overlap. */
export const plainText: PairPageText = (text, marks, baseOffset) => {
  let at = 0;
  const parts = [...marks]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, className }) => {
      const [from, to] = [Math.max(at, start - baseOffset), Math.min(text.length, end - baseOffset)];
      if (to <= from) return "";
      const html = `${escapeHtml(text.slice(at, from))}<span class="${escapeHtml(className)}">${escapeHtml(text.slice(from, to))}</span>`;
      at = to;
      return html;
    });
  return `${parts.join("")}${escapeHtml(text.slice(at))}`;
};

const count = (value: number): string => Math.round(value).toLocaleString("en-US");

/** The page. `textOf` renders each step's text; plain text unless told. */
export function pairHtml(pair: PagePair, textOf: PairPageText = plainText): string {
  const { teacher, student } = pair;
  const title = `${teacher.trace.id}: ${nameOf(teacher)} ↔ ${nameOf(student)}`;
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(title)}</title><style>${style}</style></head><body>
<h1>${escapeHtml(title)}</h1>
${teacher.trace.question === "" ? "" : `<div class="question">${textOf(teacher.trace.question, [], 0)}</div>`}
${metrics(pair)}
<table class="rows"><colgroup><col><col class="spine"><col></colgroup><thead><tr><th>teacher · ${escapeHtml(nameOf(teacher))}</th><th></th><th>student · ${escapeHtml(nameOf(student))}</th></tr></thead><tbody>
${rows(pair, textOf)}
</tbody></table></body></html>
`;
}

/** Where the text with an index goes: its number between two private characters. */
export const placeOf = (index: number): string => `\u{F8F2}${index}\u{F8F3}`;

/** The page and its texts apart. */
export function openPage(pair: PagePair): OpenPage {
  const texts: OpenPage["texts"][number][] = [];
  const page = pairHtml(pair, (text, marks, baseOffset) => placeOf(texts.push({ text, marks, baseOffset }) - 1));
  return { page, texts };
}

const nameOf = ({ trace }: PageSide): string => trace.model ?? trace.variant ?? `rollout ${trace.rollout + 1}`;

function metrics({ teacher, student, diff }: PagePair): string {
  const { totals, answers, divergence } = diff;
  const verdict = (correct: boolean | undefined): string => (correct === undefined ? "" : correct ? " ✓" : " ✗");
  const entries: readonly (readonly [string, string])[] = [
    [
      answers.agree === undefined ? "Answers" : answers.agree ? "Answers agree" : "Answers differ",
      `${answers.teacher ?? "none"}${verdict(answers.teacherCorrect)} · ${answers.student ?? "none"}${verdict(answers.studentCorrect)}`,
    ],
    ["Reference", answers.reference ?? "none"],
    [
      "Tokens, student / teacher",
      `${count(totals.studentTokens)} / ${count(totals.teacherTokens)}, ratio ${totals.ratio.toFixed(2)} (${teacher.analysis.tokenCounter})`,
    ],
    [
      "Units matched",
      `${totals.unitsMatched[0]} of ${teacher.analysis.units.length}, ${totals.unitsMatched[1]} of ${student.analysis.units.length}`,
    ],
    [
      "Steps matched",
      `${totals.stepsMatched[0]} of ${teacher.analysis.steps.length}, ${totals.stepsMatched[1]} of ${student.analysis.steps.length}`,
    ],
    ["Only in teacher", `${totals.teacherOnly.steps} steps, ${count(totals.teacherOnly.tokens)} tokens`],
    ["Only in student", `${totals.studentOnly.steps} steps, ${count(totals.studentOnly.tokens)} tokens`],
    ["First divergence", divergence ? divergence.reason : "none"],
  ];
  return `<dl>${entries.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join("")}</dl>`;
}

function rows(pair: PagePair, textOf: PairPageText): string {
  const steps = pair.diff.units.map((): number[] => []);
  pair.diff.steps.forEach((row, index) => {
    steps[row.unitRow]?.push(index);
  });
  return pair.diff.units
    .map((unit, index) => {
      const inside = (steps[index] ?? []).flatMap((at) => {
        const row = pair.diff.steps[at];
        return row ? [stepRow(pair, row, textOf)] : [];
      });
      const parts = (steps[index] ?? []).includes(pair.diff.divergence?.stepRow ?? -1)
        ? (steps[index] ?? []).indexOf(pair.diff.divergence?.stepRow ?? -1)
        : -1;
      if (parts >= 0)
        inside.splice(
          parts,
          0,
          `<tr class="divergence"><td colspan="3">first divergence · ${escapeHtml(pair.diff.divergence?.reason ?? "")}</td></tr>`,
        );
      return `${unitRow(pair, unit)}\n${inside.join("\n")}`;
    })
    .join("\n");
}

function unitRow({ teacher, student }: PagePair, row: UnitRow): string {
  const cell = ({ analysis }: PageSide, side: "teacher" | "student"): string => {
    const index = row[side];
    const unit = index === undefined ? undefined : analysis.units[index];
    if (index === undefined || !unit) return `<td class="gap"></td>`;
    const note = row.continues === side ? "continued" : `${count(unit.tokens)} tokens`;
    return `<th scope="rowgroup">Unit ${index + 1} · ${unit.role} <small>${note}</small></th>`;
  };
  return `<tr class="unit">${cell(teacher, "teacher")}<td class="spine">${row.kind === "moved" ? "moved" : ""}</td>${cell(student, "student")}</tr>`;
}

const wordOfKind: Readonly<Partial<Record<MatchKind, string>>> = { moved: "moved", split: "split", merged: "merged" };
const signOfKind: Readonly<Partial<Record<MatchKind, string>>> = { "teacher-only": "−", "student-only": "+", same: "=" };

function stepRow({ teacher, student }: PagePair, row: StepRow, textOf: PairPageText): string {
  const cell = (
    { trace, analysis }: PageSide,
    indices: readonly number[],
    words: readonly Span[] | undefined,
    className: string,
  ): string => {
    const parts = indices.flatMap((index) => {
      const step = analysis.steps[index];
      if (!step) return [];
      const marks = (words ?? [])
        .filter(({ start, end }) => start < step.end && end > step.start)
        .map(({ start, end }) => ({ start, end, className }));
      const text = textOf(trace.text.slice(step.start, step.end), marks, step.start);
      return [
        `<div class="f-${step.function}"><small>${index + 1} ${step.function} · ${count(step.tokens)}</small><div class="text">${text}</div></div>`,
      ];
    });
    return parts.length === 0 ? `<td class="gap"></td>` : `<td class="steps">${parts.join("")}</td>`;
  };
  const score = signOfKind[row.kind] ?? [row.similarity.toFixed(2), wordOfKind[row.kind] ?? ""].join(" ").trim();
  return `<tr>${cell(teacher, indicesOf(row, "teacher"), row.teacherWords, "del")}<td class="spine">${score}</td>${cell(student, indicesOf(row, "student"), row.studentWords, "ins")}</tr>`;
}

const style = `:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent);--mut:color-mix(in srgb,currentColor 70%,transparent)}
body{font:13px/20px system-ui,sans-serif;margin:20px auto;max-width:1400px;padding:0 16px}h1{font-size:15px}.question{color:var(--mut);margin:0 0 12px}
dl{display:flex;flex-wrap:wrap;gap:0 24px;border-block:1px solid var(--line);padding:6px 0;margin:0 0 12px}dl div{max-width:420px}dt{font-size:11px;color:var(--mut)}dd{margin:0;overflow-wrap:anywhere}
.rows{border-collapse:collapse;width:100%;table-layout:fixed}.rows col.spine{width:52px}.rows th{text-align:left;font-weight:600}.rows td,.rows th{vertical-align:top;padding:5px 10px;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
.rows .unit th{background:color-mix(in srgb,currentColor 6%,transparent)}small{color:var(--mut);font-weight:400;font-size:11px}td.spine{text-align:center;color:var(--mut);font-size:11px}
.gap{background:repeating-linear-gradient(135deg,var(--line) 0 1px,transparent 1px 8px)}.text{white-space:normal}.text:not(:has(*)){white-space:pre-wrap}.text p{margin:0 0 4px}
.rows td.steps{padding:0}[class^=f-]{padding:5px 10px;border-left:3px solid var(--h,var(--line))}[class^=f-]+[class^=f-]{border-top:1px dashed var(--line)}.f-plan{--h:#8a63d2}.f-recall{--h:#1f9aa8}.f-derive{--h:#3d7fd6}.f-verify{--h:#b58a00}.f-doubt{--h:#c8741a}.f-switch{--h:#c043b4}.f-conclude{--h:#3b9a4b}
.del{background:rgba(220,60,60,.22);text-decoration:underline dotted}.ins{background:rgba(60,170,80,.25);text-decoration:underline}
.divergence td{border-top:1px dashed;font-size:11px}pre{overflow:auto}@media print{body{max-width:none}}`;
