/** Answers in the margin and in the metrics. */
import { html, nothing, type TemplateResult } from "lit";
import type { Analysis, Candidate } from "../../src/core/analysis";
import { count } from "../format";
import { renderInline } from "../text/renderText";
import { stepCandidates } from "./context";
import { fill } from "./fill";

/** TeX commands, sub- and superscripts without delimiters around them. */
const bareTex = /\\[a-zA-Z]+|[\^_]\{?\w/;
/** `99 \%`: signs that TeX must have escaped and plain text has not. */
const escaped = /\\([%&#_])/g;
/** Code units of an answer that are shown. */
const longestAnswer = 400;
const delimiters = /\$|\\\(|\\\[/;

const numberWithUnit = /^([-−]?[\d.,/]*\d\s?[°%]?)\s+[a-z][a-z ]*$/i;

/** The short form for the margin: a number keeps its digits and leaves its unit to the tooltip. */
const marginForm = (answer: string): string => (answer.length > 9 ? (numberWithUnit.exec(answer)?.[1] ?? answer) : answer);

/** Fractions in the size of their line, however the model wrote them. */
const inlineFractions = (answer: string): string =>
  answer.replace(/\\[dc]frac(?![a-zA-Z])/g, "\\frac").replace(/\\displaystyle(?![a-zA-Z])/g, "");

/** An answer as it is read: typeset where it is TeX, with or without delimiters. */
export function answerText(answer: string, inMargin = false): TemplateResult {
  const shown = inlineFractions(inMargin ? marginForm(answer) : answer);
  const source = delimiters.test(shown)
    ? shown
    : bareTex.test(shown) && shown.length < longestAnswer
      ? `$${shown}$`
      : shown.replace(escaped, "$1");
  return html`<span class="v" title=${answer} ${fill(source, (element) => renderInline(element, source.slice(0, longestAnswer)))}></span>`;
}

/** "first answer", "2 of 7", "other value": which of the stated answers a candidate is. */
function place(analysis: Analysis, candidate: Candidate): string {
  const { at, of } = rankOf(analysis, candidate);
  if (!candidate.equalsFinal) return of > 1 ? `other ${count(at)} of ${count(of)}` : "other value";
  return at === 1 ? "first answer" : `${count(at)} of ${count(of)}`;
}

const ranks = new WeakMap<Analysis, ReadonlyMap<Candidate, number>>();

/** Position of a candidate, from 1, among those that equal the final answer or among those that do not, and how many these are. */
function rankOf(analysis: Analysis, candidate: Candidate): { readonly at: number; readonly of: number } {
  const totals = { same: 0, other: 0 };
  let known = ranks.get(analysis);
  const kind = candidate.equalsFinal ? "same" : "other";
  if (!known) {
    const made = new Map<Candidate, number>();
    for (const each of analysis.candidates) made.set(each, ++totals[each.equalsFinal ? "same" : "other"]);
    known = made;
    ranks.set(analysis, made);
  }
  const last = analysis.candidates.findLast((other) => other.equalsFinal === candidate.equalsFinal);
  return { at: known.get(candidate) ?? 1, of: (last && known.get(last)) ?? totals[kind] };
}

/** The answer margin of a step: its last candidate of each kind. */
export function stepAnswers(analysis: Analysis, step: number): TemplateResult[] {
  const here = stepCandidates(analysis, step);
  const shown = here.filter((candidate, index) => !here.slice(index + 1).some((later) => later.equalsFinal === candidate.equalsFinal));
  return shown.map(
    (candidate) =>
      html`<div class="an"><span class=${candidate.equalsFinal ? "tri2" : "dia2"}></span>${answerText(candidate.answer, true)} <span>${place(analysis, candidate)}</span></div>`,
  );
}

/** The answer margin of a unit header: "90° first", "90° again", "60° other value". */
export function unitAnswer(analysis: Analysis, index: number): TemplateResult | typeof nothing {
  const unit = analysis.units[index];
  if (unit?.answer === undefined) return nothing;
  const candidate = analysis.candidates.findLast((found) => found.unit === index && found.answer === unit.answer);
  const equals = candidate?.equalsFinal === true;
  const earlier = analysis.candidates.some((found) => found.unit < index && found.equalsFinal);
  const word = equals ? (earlier ? "again" : "first") : "other value";
  return html`<b>${answerText(unit.answer, true)}</b> <span>${word}</span>`;
}
