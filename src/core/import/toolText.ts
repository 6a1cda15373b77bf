import type { PartKind, Span } from "../trace";
import { matchesOfLinesWith } from "./linesWith";

/** A call or observation written inside a text. */
export interface ToolSpan extends Span {
  readonly kind: Extract<PartKind, "tool-call" | "observation">;
  readonly name?: string;
}

/** Tags of calls and observations; the second list counts only where a text has both a call and an observation. */
const certainTags: Readonly<Record<string, ToolSpan["kind"]>> = {
  tool_call: "tool-call",
  function_call: "tool-call",
  tool_response: "observation",
  tool_result: "observation",
};
const pairedTags: Readonly<Record<string, ToolSpan["kind"]>> = {
  ...certainTags,
  tool: "tool-call",
  search: "tool-call",
  web_search: "tool-call",
  wiki_search: "tool-call",
  crawl_page: "tool-call",
  code: "tool-call",
  python: "tool-call",
  execute: "tool-call",
  action: "tool-call",
  observation: "observation",
  information: "observation",
  interpreter: "observation",
  execution_results: "observation",
  result: "observation",
};

const callLanguages = new Set(["python", "py", "python3", "bash", "sh", "shell", "sql", "tool_code", "tool", "code"]);
const outputLanguages = new Set(["output", "result", "results", "tool_output", "tool_outputs", "observation", "text_output"]);

/** Calls and observations in a text, in order and without overlap: code and output blocks, tool tags, ReAct lines. Linear time. */
export function findToolSpans(text: string): ToolSpan[] {
  for (const find of [fencePairs, tagged, reactLines]) {
    const spans = find(text);
    if (spans.length > 0) return spans;
  }
  return [];
}

/** A code block and the output block right after it (ToRA). A code block without output is ordinary text. */
function fencePairs(text: string): ToolSpan[] {
  if (!text.includes("```")) return [];
  const blocks: (Span & { language: string })[] = [];
  let open: { start: number; language: string } | undefined;
  for (const { index, match } of matchesOfLinesWith(["```"], text, /^[ \t]*```([^\n`]*)$/gm)) {
    const language = (match[1] ?? "").trim().toLowerCase();
    if (open && language === "") {
      blocks.push({ ...open, end: index + match[0].length });
      open = undefined;
    } else {
      open = { start: index, language };
    }
  }
  const spans: ToolSpan[] = [];
  blocks.forEach((block, i) => {
    const next = blocks[i + 1];
    if (!next || !callLanguages.has(block.language) || !outputLanguages.has(next.language)) return;
    if (text.slice(block.end, next.start).trim() !== "") return;
    spans.push({ start: block.start, end: next.start, kind: "tool-call", name: block.language });
    spans.push({ start: next.start, end: next.end, kind: "observation", name: block.language });
  });
  return spans;
}

function tagged(text: string): ToolSpan[] {
  const spans: ToolSpan[] = [];
  let open: { name: string; start: number } | undefined;
  for (const match of text.matchAll(/<(\/?)([a-z]{3,12}(?:_[a-z]{4,8})?)>/g)) {
    const name = match[2] ?? "";
    if (!Object.hasOwn(pairedTags, name)) continue;
    if (match[1] === "") open ??= { name, start: match.index };
    const kind = pairedTags[name];
    if (match[1] === "" || !kind || open?.name !== name) continue;
    spans.push({ start: open.start, end: match.index + match[0].length, kind, name });
    open = undefined;
  }
  const both = spans.some((span) => span.kind === "tool-call") && spans.some((span) => span.kind === "observation");
  return both ? spans : spans.filter((span) => span.name !== undefined && Object.hasOwn(certainTags, span.name));
}

/** `Thought: … Action: … Observation: …` (ReAct); an observation ends at the next label. */
function reactLines(text: string): ToolSpan[] {
  if (!text.includes("Action") || !text.includes("Observation")) return [];
  const labels = [...text.matchAll(/^(Thought|Action Input|Action|Observation|Final Answer|Question)(?: ?\d{1,4})?:/gm)];
  const spans: ToolSpan[] = [];
  let name: string | undefined;
  labels.forEach((label, i) => {
    const start = label.index;
    const end = labels[i + 1]?.index ?? text.length;
    const title = label[1] ?? "";
    const last = spans.at(-1);
    if (title === "Action") name = /^[ \t]*([\w.-]{1,60})/.exec(text.slice(start + label[0].length, start + label[0].length + 80))?.[1];
    const named = name === undefined ? {} : { name };
    if (title === "Action Input" && last?.kind === "tool-call" && last.end === start) spans[spans.length - 1] = { ...last, end };
    else if (title.startsWith("Action")) spans.push({ start, end, kind: "tool-call", ...named });
    else if (title === "Observation") spans.push({ start, end, kind: "observation", ...named });
  });
  return spans.some((span) => span.kind === "observation") && spans.some((span) => span.kind === "tool-call") ? spans : [];
}
