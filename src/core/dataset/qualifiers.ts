/** How a qualifier's values are written and compared. Percent values are 0 to 100 and may carry a "%" sign. */
export type QualifierKind = "number" | "percent" | "choice" | "text";

/** A qualifier of the query language: `name:value`. */
export interface Qualifier {
  readonly name: string;
  readonly kind: QualifierKind;
  /** What it filters on, for the completion list. */
  readonly meaning: string;
  readonly example: string;
  /** Values of a `choice`. Others are accepted when a row has them. */
  readonly choices?: readonly string[];
  /** Which lists it applies to. */
  readonly on: "traces" | "pairs" | "both";
}

const rules = [
  "restate",
  "repeat",
  "reverify",
  "loop",
  "premise",
  "switch-early",
  "no-progress",
  "unclosed",
  "truncated",
  "answer-mismatch",
  "multiple-final",
  "empty-think",
  "language-mixing",
];
const functions = ["setup", "plan", "recall", "derive", "verify", "doubt", "switch", "conclude", "tool", "observation"];
const verdicts = ["true", "false", "unknown"];

/** All qualifiers. A name that is not here filters on the record's own column of that name (`level:3..5`, `subject:algebra`). */
export const qualifiers: readonly Qualifier[] = [
  { name: "flag", kind: "choice", meaning: "a step or unit has this flag", example: "flag:repeat,loop", choices: rules, on: "both" },
  { name: "tokens", kind: "number", meaning: "tokens of the thinking", example: "tokens:>1500", on: "both" },
  { name: "units", kind: "number", meaning: "thinking units", example: "units:4..9", on: "traces" },
  { name: "units.redundant", kind: "number", meaning: "redundant units", example: "units.redundant:>2", on: "traces" },
  {
    name: "unit.role",
    kind: "choice",
    meaning: "a unit has this role",
    example: "unit.role:alternative",
    choices: ["setup", "solve", "verify", "revise", "alternative", "conclude"],
    on: "traces",
  },
  { name: "steps", kind: "number", meaning: "steps", example: "steps:>100", on: "traces" },
  { name: "fn", kind: "choice", meaning: "a step has this function", example: "fn:switch", choices: functions, on: "traces" },
  { name: "after", kind: "percent", meaning: "share of tokens after the first answer", example: "after:>40%", on: "traces" },
  {
    name: "correct",
    kind: "choice",
    meaning: "final answer equals the reference",
    example: "correct:false",
    choices: verdicts,
    on: "traces",
  },
  { name: "model", kind: "text", meaning: "model", example: "model:qwen", on: "both" },
  { name: "id", kind: "text", meaning: "id of the record", example: "id:algebra", on: "both" },
  { name: "question", kind: "text", meaning: "text of the question", example: 'question:"how many"', on: "both" },
  { name: "answer", kind: "text", meaning: "final answer", example: "answer:42", on: "traces" },
  { name: "switches", kind: "number", meaning: "switches of approach", example: "switches:>5", on: "traces" },
  { name: "rollout", kind: "number", meaning: "number of the rollout in its record, from 1", example: "rollout:1", on: "traces" },
  { name: "line", kind: "number", meaning: "line in the file", example: "line:1000..2000", on: "traces" },
  {
    name: "has",
    kind: "choice",
    meaning: "the record has this",
    example: "has:logprobs",
    choices: ["logprobs", "steps", "tools", "response", "reference", "system"],
    on: "traces",
  },
  {
    name: "is",
    kind: "choice",
    meaning: "kind of row",
    example: "is:malformed",
    choices: ["malformed", "plain", "trace", "unknown", "correct", "wrong"],
    on: "traces",
  },
  { name: "pair", kind: "text", meaning: "models of the pair, teacher/student", example: "pair:deepseek-r1/qwen", on: "pairs" },
  { name: "agree", kind: "choice", meaning: "the two final answers are equal", example: "agree:false", choices: verdicts, on: "pairs" },
  { name: "ratio", kind: "number", meaning: "student tokens / teacher tokens", example: "ratio:<0.5", on: "pairs" },
  {
    name: "teacher",
    kind: "choice",
    meaning: "verdict on the teacher",
    example: "teacher:correct",
    choices: ["correct", "wrong", "unknown"],
    on: "pairs",
  },
  {
    name: "student",
    kind: "choice",
    meaning: "verdict on the student",
    example: "student:wrong",
    choices: ["correct", "wrong", "unknown"],
    on: "pairs",
  },
  { name: "divergence", kind: "percent", meaning: "teacher's share before the first divergence", example: "divergence:<20%", on: "pairs" },
];

/** The qualifier of that name, or undefined for a column of the record. */
export const qualifierNamed = (name: string): Qualifier | undefined => qualifiers.find((qualifier) => qualifier.name === name);
