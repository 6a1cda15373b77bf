import type { Segment } from "./segments";

/** What Markdown takes away by design: link targets, and numbers of list items, which are drawn as marks. */
const markup = /\]\([^\n]*?\)|(?:^|[\s>])\d{1,9}[.)]/g;

/** True when rendering dropped words: letters or digits of the source that no segment shows and that are not markup. */
export function losesWords(source: string, segments: readonly Segment[]): boolean {
  let end = 0;
  for (const segment of segments) {
    if (segment.start > end && hasWords(source.slice(end, segment.start))) return true;
    end = Math.max(end, segment.end);
  }
  return hasWords(source.slice(end));
}

const hasWords = (gap: string): boolean => /[\p{L}\p{N}]/u.test(gap) && /[\p{L}\p{N}]/u.test(gap.replace(markup, " "));
