import type { Segment } from "./segments";

/** ANSI escape sequences, and characters that are invisible or reorder text: controls, bidi marks, zero-width, tag characters, lone surrogates. */
const special =
  /\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu;

/**
 * Appends text whose source begins at `start`. Invisible characters become boxes that name their code point and still hold the character;
 * ANSI sequences are kept but not shown.
 */
export function appendVisible(parent: Element, text: string, start: number, segments: Segment[]): void {
  let from = 0;
  for (const match of text.matchAll(special)) {
    appendText(parent, text.slice(from, match.index), start + from, segments);
    from = match.index + match[0].length;
    parent.append(match[0].startsWith("\x1b[") ? hidden(match[0]) : boxed(match[0]));
    const node = parent.lastElementChild;
    if (node instanceof HTMLElement) segments.push({ node, start: start + match.index, end: start + from });
  }
  appendText(parent, from === 0 ? text : text.slice(from), start + from, segments);
}

/** Appends plain text as it is. */
export function appendText(parent: Element, text: string, start: number, segments: Segment[]): void {
  if (text === "") return;
  const node = document.createTextNode(text);
  parent.append(node);
  segments.push({ node, start, end: start + text.length });
}

/** `U+202E` for a right-to-left override. */
export const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

function boxed(character: string): HTMLElement {
  const box = document.createElement("span");
  box.className = "tx-control";
  box.dataset.code = codePointName(character);
  box.title = `Invisible character ${codePointName(character)}`;
  box.textContent = character;
  return box;
}

function hidden(sequence: string): HTMLElement {
  const element = document.createElement("span");
  element.className = "ansi";
  element.hidden = true;
  element.textContent = sequence;
  return element;
}
