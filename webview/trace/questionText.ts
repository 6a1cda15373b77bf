/** A question as both views show it: three lines in one paragraph until it is opened. */
import { html, type TemplateResult } from "lit";
import { renderInline, renderStepText } from "../text/renderText";
import { fill } from "./fill";

/** The rule under the head of a table. */
const tableRule = /\n[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[ \t:|-]*(?:\n|$)/;

/** The question; one that brings a table has room for some rows of it. */
export function questionText(text: string, open: boolean): TemplateResult {
  const table = tableRule.test(text.slice(0, 20_000));
  const render = (element: HTMLElement): void =>
    open || table ? renderStepText(element, text, { raw: false, baseOffset: 0 }) : renderInline(element, inOneLine(text));
  return html`<div class=${`qn${open ? " open" : ""}${table ? " table" : ""}`} ${fill(`${open}${text}`, render)}></div>`;
}

/** The question as one paragraph, for the few lines it has until it is opened: line breaks folded, displayed formulas in the line. */
const inOneLine = (text: string): string =>
  text
    .slice(0, 4000)
    .replace(/\\\[/g, "\\(")
    .replace(/\\\](?=\w)/g, "\\) ")
    .replace(/\\\]/g, "\\)")
    .replace(/\$\$/g, "$")
    .replace(/\s*\n\s*/g, " ");
