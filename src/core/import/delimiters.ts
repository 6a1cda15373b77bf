/**
 * The delimiters of thinking, as data. Literals are matched without regard to case.
 *
 * Sources: chat templates and outputs of DeepSeek-R1, QwQ, Qwen3 (`<think>`), Sky-T1 (`<|begin_of_thought|>`), Marco-o1 (`<Thought>`), Magistral
 * (`[THINK]`), Kimi (`◁think▷`), Command A (`<|START_THINKING|>`), gpt-oss (channels), Seed (`<seed:think>`), GAOKAO-Bench (`【解析】`).
 */
export interface Delimiter {
  readonly open: readonly string[];
  readonly close: readonly string[];
  /** Starts the answer; ends a thinking that nothing closed. */
  readonly answerOpen: readonly string[];
  readonly answerClose: readonly string[];
  /** The closing literal has other uses, so it counts only after the opening one. */
  readonly closeNeedsOpen?: boolean;
}

const pair = (name: string): Delimiter => ({ open: [`<${name}>`], close: [`</${name}>`], answerOpen: [], answerClose: [] });

export const delimiters: readonly Delimiter[] = [
  { open: ["<think>"], close: ["</think>"], answerOpen: ["<answer>"], answerClose: ["</answer>"] },
  pair("thinking"),
  pair("reasoning"),
  pair("reflection"),
  pair("seed:think"),
  pair("scratchpad"),
  pair("scratchpad_reasoning"),
  { open: ["<thought>"], close: ["</thought>"], answerOpen: ["<output>"], answerClose: ["</output>"] },
  {
    open: ["<|begin_of_thought|>"],
    close: ["<|end_of_thought|>"],
    answerOpen: ["<|begin_of_solution|>"],
    answerClose: ["<|end_of_solution|>"],
  },
  { open: ["[THINK]"], close: ["[/THINK]"], answerOpen: [], answerClose: [] },
  { open: ["◁think▷"], close: ["◁/think▷"], answerOpen: [], answerClose: [] },
  {
    open: ["<|START_THINKING|>"],
    close: ["<|END_THINKING|>"],
    answerOpen: ["<|START_RESPONSE|>"],
    answerClose: ["<|END_RESPONSE|>"],
  },
  {
    open: ["<|channel|>analysis<|message|>", "<|channel|>analysis"],
    close: ["<|end|>"],
    answerOpen: ["<|channel|>final<|message|>", "<|channel|>final"],
    answerClose: ["<|return|>"],
    closeNeedsOpen: true,
  },
  { open: ["【解析】"], close: ["<eoe>"], answerOpen: ["【答案】"], answerClose: ["<eoa>"] },
];

/** What a literal does. */
export type DelimiterRole = "open" | "close" | "answerOpen" | "answerClose";

/** A delimiter found in a text. */
export interface DelimiterToken {
  readonly start: number;
  readonly end: number;
  readonly literal: string;
  readonly role: DelimiterRole;
  /** Index in {@link delimiters}. */
  readonly kind: number;
}

const roles: readonly DelimiterRole[] = ["open", "close", "answerOpen", "answerClose"];
const byLiteral = new Map(
  delimiters.flatMap((delimiter, kind) =>
    roles.flatMap((role) => delimiter[role].map((literal) => [literal.toLowerCase(), { role, kind }] as const)),
  ),
);
const escaped = (literal: string) => literal.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const literals = [...byLiteral.keys()].sort((a, b) => b.length - a.length);
const pattern = new RegExp(literals.map(escaped).join("|"), "iy");
/** What literals begin with: signs, which stand in few places of a text. */
const initials = new RegExp(`[${[...new Set(literals.map((literal) => literal.charAt(0)))].map(escaped).join("")}]`, "g");

/** All delimiters in a text in order, also those inside code and quotations. */
export function findDelimiters(text: string): DelimiterToken[] {
  const tokens: DelimiterToken[] = [];
  initials.lastIndex = 0;
  while (initials.test(text)) {
    const start = initials.lastIndex - 1;
    pattern.lastIndex = start;
    const literal = pattern.exec(text)?.[0];
    const found = literal === undefined ? undefined : byLiteral.get(literal.toLowerCase());
    if (literal === undefined || !found) continue;
    const end = start + literal.length;
    tokens.push({ start, end, literal, role: found.role, kind: found.kind });
    initials.lastIndex = end;
  }
  return tokens;
}
