import type { GivenStep, Span } from "../trace";

/** Labels written into the text, and the steps they make. */
export interface InlineLabels {
  readonly tags: readonly Span[];
  readonly steps: readonly GivenStep[];
}

const endTag = '["end-section"]';

/**
 * Reads `["deduction"] … ["end-section"]`: each label opens a step that runs to the next label. The tags stay in the text. Undefined when the text has
 * no end tag.
 */
export function findInlineLabels(text: string): InlineLabels | undefined {
  if (!text.includes(endTag)) return undefined;
  const found = [...text.matchAll(/\["([a-z][a-z -]{1,40})"\]/gi)];
  const tags = found.map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const openings = found.filter((match) => match[0] !== endTag);
  const first = openings[0];
  if (!first) return undefined;
  const steps: GivenStep[] = [];
  if (text.slice(0, first.index).trim() !== "") steps.push({ start: 0, end: first.index });
  openings.forEach((match, i) => {
    const start = steps.length === 0 ? 0 : match.index;
    steps.push({ start, end: openings[i + 1]?.index ?? text.length, label: match[1] ?? "" });
  });
  return { tags, steps };
}

/** The labelled passages without their tags. */
export function labelledPassages(text: string): { text: string; label: string }[] {
  const labels = findInlineLabels(text);
  if (!labels) return [];
  return labels.steps.flatMap((step) => {
    const passage = text
      .slice(step.start, step.end)
      .replace(/\["[a-z][a-z -]{1,40}"\]/gi, "")
      .trim();
    return step.label === undefined || passage === "" ? [] : [{ text: passage, label: step.label }];
  });
}
