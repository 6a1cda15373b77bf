/** Tool calls and what came back. */
import { html, nothing, type TemplateResult } from "lit";
import type { Step } from "../../src/core/analysis";
import { count, plural } from "../format";
import { icons } from "../icons";
import { parsed } from "../states/tree";
import { renderCode } from "../text/renderText";
import type { RowContext } from "./context";
import { fill } from "./fill";
import { marksKey, marksOf } from "./rowMarks";
import type { ReadRow } from "./rows";

const outputLines = 8;

/** A tool call or its output: name above, code or text below; long output shows its first lines until it is opened. */
export function toolBlock(context: RowContext, row: Extract<ReadRow, { kind: "step" }>, step: Step): TemplateResult {
  const { trace } = context.document;
  const part = trace.parts.find((found) => found.start <= row.start && found.end > row.start);
  const inside = unwrapped(trace.text.slice(row.start, row.end));
  const source = inside.text;
  const isOutput = step.function === "observation";
  const call = isOutput ? undefined : readCall(source);
  const whole = call?.code ?? source.trimEnd();
  const lines = whole.split("\n");
  const cut = isOutput && lines.length > outputLines + 2 && !context.openOutputs.has(row.step);
  const shown = cut ? lines.slice(0, outputLines).join("\n") : whole;
  const marks = call ? [] : marksOf(context, row);
  const language = isOutput ? "" : inside.language || languageOf(whole, part?.name ?? "");
  const key = `${row.start}-${row.end}${cut}${marksKey(marks)}`;
  const last = lines.findLast((line) => line.trim() !== "") ?? "";
  return html`<div class=${isOutput ? "code out" : "code"}><div class="hd">${isOutput ? nothing : icons.tools}<b>${inside.fenced && isOutput ? "output" : (part?.name ?? (isOutput ? "output" : "tool call"))}</b>
      <span>${isOutput ? plural(lines.length, "line") : language === part?.name ? nothing : language}</span>${call ? html`<span>${call.note}</span>` : nothing}<span class="sp"></span>
      <button class="plain" title="Copy" aria-label="Copy" @click=${() => void context.model.host.copy(whole)}>${icons.copy}</button></div>
    <div class="body" ${fill(key, (element) => renderCode(element, shown, language, { raw: true, marks, baseOffset: row.start + inside.start }))}></div>
    ${cut ? html`<button class="more" aria-expanded="false" @click=${() => context.toggleOutput(row.step)}>${icons.chevronRight}<b>${count(lines.length - outputLines)} more lines</b><span>last</span><span class="mono">${last.slice(0, 120)}</span></button>` : nothing}</div>`;
}

/** The code or output without the fence or the tag around it, which the raw view shows. `start` is its offset in the text given. */
function unwrapped(source: string): { readonly text: string; readonly start: number; readonly language: string; readonly fenced: boolean } {
  const fence = /^\s*```([^\n`]*)\n([\s\S]*?)\n?[ \t]*```\s*$/d.exec(source);
  const tag = fence ? null : /^\s*<([a-z_]{3,24})>\n?([\s\S]*?)\n?<\/\1>\s*$/d.exec(source);
  const start = (fence ?? tag)?.indices?.[2]?.[0] ?? 0;
  return { text: (fence ?? tag)?.[2] ?? source, start, language: fence?.[1]?.trim().toLowerCase() ?? "", fenced: fence !== null };
}

const codeArguments: readonly string[] = ["code", "command", "cmd", "script", "source", "program", "query", "input"];

/** A call whose arguments are JSON with one that holds code: the code itself, and what else was given. The raw view shows the JSON. */
function readCall(source: string): { readonly code: string; readonly note: string } | undefined {
  const value = parsed(source.trim());
  if (value === undefined || value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const found = entries.find(([name, argument]) => codeArguments.includes(name) && typeof argument === "string");
  if (!found || typeof found[1] !== "string") return undefined;
  const others = entries.filter((entry) => entry !== found).map(([name, argument]) => `${name} ${JSON.stringify(argument).slice(0, 40)}`);
  return { code: found[1].trimEnd(), note: [plural(entries.length, "argument"), ...others].join(" · ") };
}

const looksLikeJson = /^\s*[[{]/;
const looksLikePython = /^\s*(?:import \w|from \w[\w.]* import |def \w+\(|class \w+[(:]|print\(|for \w+ in |\w+ = )/m;
const shellStart = /^\s*(?:\$ |(?:cd|ls|cat|grep|find|git|sed|awk|pip|python3?|echo|curl|make)\b)/;

function languageOf(text: string, tool: string): string {
  if (looksLikeJson.test(text)) return "json";
  if (/python/i.test(tool)) return "python";
  if (/shell|bash|terminal|exec/i.test(tool) || shellStart.test(text)) return "bash";
  return looksLikePython.test(text) ? "python" : "";
}
