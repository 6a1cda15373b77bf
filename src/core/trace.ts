/**
 * What a trace is: one chain of thought of one model on one question, as plain data.
 *
 * All offsets are UTF-16 code units, `start` inclusive and `end` exclusive.
 */

/** A value that `JSON.parse` can return. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** A half-open range `[start, end)` of UTF-16 code units in a text named by the field that holds the span. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A field of a record: object keys and array indices from the record's root, such as `["messages", 1, "content"]`. */
export type FieldPath = readonly (string | number)[];

/**
 * What a part of the analysed text is.
 *
 * - `reasoning`: the chain of thought.
 * - `message`: text outside the thinking that still belongs to the sequence (an agent's utterance between tool calls).
 * - `tool-call`, `observation`: an action and what came back; an observation is never counted as generated.
 * - `tag`: a delimiter inside the text, such as `</think>` between two thinking blocks.
 */
export type PartKind = "reasoning" | "message" | "tool-call" | "observation" | "tag";

/**
 * A piece of {@link Trace.text} and where in the record it came from. Parts tile the text: the first starts at 0, each starts where the one
 * before ends, the last ends at the text's length.
 */
export interface Part extends Span {
  readonly kind: PartKind;
  /** The field whose string value holds this part. */
  readonly path: FieldPath;
  /** Offset in that field's string of the part's first code unit. */
  readonly fieldStart: number;
  /** Code units at the part's end that are not in the file: separators put between array items. 0 for nearly every part. */
  readonly glue: number;
  /** Name of the tool or role, where the record has one. */
  readonly name?: string;
}

/**
 * How the thinking was delimited in its field.
 *
 * - `closed`: an opening and a closing delimiter. - `no-open`: only a closing one (the opening tag stood in the prompt template).
 * - `unclosed`: opened, never closed. - `empty`: delimiters with nothing or only white space between. - `field`: a field of its own
 * (`reasoning_content`). - `none`: no delimiter; the whole answer is read as the chain of thought.
 */
export type Thinking = "closed" | "no-open" | "unclosed" | "empty" | "field" | "none";

/** Something a reader must know about the record: shown, never silently repaired. */
export interface Notice {
  readonly kind:
    | "missing-open"
    | "unclosed"
    | "stray-tag"
    | "truncated"
    | "empty"
    | "encoding"
    | "number"
    | "duplicate-key"
    | "mapping"
    | "other";
  /** One sentence in plain words: what, where. */
  readonly message: string;
  /** Where in {@link Trace.text}, when it is a place. */
  readonly at?: number;
}

/** A step that the record brings itself (`steps[]`, rated completions, labelled sections). Given steps tile {@link Trace.text}. */
export interface GivenStep extends Span {
  /** The record's own label or function tag, as written. */
  readonly label?: string;
  /** The record's own score for the step (PRM800K: −1, 0, 1), as written. */
  readonly rating?: number;
  /** True where the record says the step is wrong. */
  readonly wrong?: boolean;
}

/** Numbers over the text that the record brings: log-probabilities, rewards, importances. Columns, one entry a token or step. */
export interface Signal {
  /** Name as the record has it, such as `logprobs`. */
  readonly name: string;
  readonly level: "token" | "step";
  /** Offset in {@link Trace.text} where entry i starts, ascending. */
  readonly starts: readonly number[];
  /** Value of entry i, in the record's own unit (natural-log probability for log-probs). */
  readonly values: readonly number[];
  /** Alternatives at token i, most probable first, where the record has them. */
  readonly top?: readonly (readonly { readonly token: string; readonly logprob: number }[])[];
}

/** One rollout of one record. */
export interface Trace {
  /** 0-based number of the record in its file. */
  readonly record: number;
  /** 0-based number of this rollout in its record. */
  readonly rollout: number;
  /** Name shown for the record: its own id, else a category and number, else its line. Never empty. */
  readonly id: string;
  /** Model, where the record or its keys name one. */
  readonly model?: string;
  /** Part this trace has in its record: `chosen`, `rejected`, `teacher`, `student`, `original`, `modified`, `forward`, `backward`… */
  readonly variant?: string;
  /** The question as text; empty when the record has none. */
  readonly question: string;
  /** System prompt, where there is one. */
  readonly system?: string;
  /** Reference answer or solution as the record has it. */
  readonly reference?: string;
  /** The record's own verdict on this answer. */
  readonly recordedCorrect?: boolean;
  /** The analysed text: the chain of thought exactly as it stands in the record. Steps and units tile it. */
  readonly text: string;
  /** Where each piece of {@link text} comes from; tiles it. Empty only for an empty text. */
  readonly parts: readonly Part[];
  /** Text of the same field before the thinking (before the opening delimiter). `preamble + opening + text + closing + response` is the field. */
  readonly preamble: string;
  /** The opening delimiter as written; empty when there is none. */
  readonly opening: string;
  /** The closing delimiter as written; empty when there is none. */
  readonly closing: string;
  /** Text after the thinking: the answer shown to a user. From the same field, or from a field of its own. */
  readonly response: string;
  /** Field that holds {@link response}, when it is not the field of {@link text}. */
  readonly responsePath?: FieldPath;
  /** Final answer in a field of its own (`pred`, `answer_text`), as written. */
  readonly answerField?: string;
  readonly thinking: Thinking;
  readonly notices: readonly Notice[];
  readonly givenSteps?: readonly GivenStep[];
  readonly signals?: readonly Signal[];
  /** Token count of the thinking that the record itself states. */
  readonly givenTokens?: number;
  /** True where the record says generation stopped at its limit (`finish_reason: "length"`). */
  readonly cutOff?: boolean;
  /** Small scalar fields of the record (level, subject, source, score…) as columns for queries; keys are field names, nested ones joined by ".". */
  readonly columns: Readonly<Record<string, string | number | boolean>>;
}
