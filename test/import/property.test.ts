import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ImportContext } from "../../src/core/import/importer";
import { chooseImporter, importers, importRecord } from "../../src/core/import/registry";
import { splitThinking } from "../../src/core/import/thinkTags";
import type { Json, JsonObject } from "../../src/core/trace";
import { wellFormed } from "./wellFormed";

const context: ImportContext = { record: 3, line: 4, fileName: "any.jsonl" };

const tags = [
  "<think>",
  "</think>",
  "</thinking>",
  "<Thought>",
  "</Thought>",
  "<Output>",
  "<|begin_of_thought|>",
  "<|end_of_thought|>",
  "<|channel|>analysis<|message|>",
  "<|end|>",
  "[THINK]",
  "[/THINK]",
  "【解析】",
  "<eoe>",
  "【答案】",
  "<eoa>",
  "<answer>",
  "think\n",
  "\nanswer\n",
  "\n**Final Answer**\n",
  "```python\n",
  "\n```output\n",
  "\n```\n",
  "```",
  "`",
  '"',
  " ",
  "\n",
  "Action: ",
  "\nObservation: ",
  "<tool_call>",
  "</tool_call>",
  '{"reasoning": "',
  '", "answer": "4"}',
  "😀",
  "\ud800",
  "word",
];
const tagged = fc.array(fc.constantFrom(...tags), { maxLength: 14 }).map((pieces) => pieces.join(""));

const keys = [
  "question",
  "problem",
  "prompt",
  "response",
  "output",
  "reasoning",
  "reasoning_content",
  "answer",
  "gt",
  "code",
  "pred",
  "score",
  "doc",
  "resps",
  "filtered_resps",
  "responses",
  "token_usages",
  "messages",
  "conversations",
  "role",
  "from",
  "value",
  "content",
  "type",
  "text",
  "thinking",
  "tool_calls",
  "function",
  "arguments",
  "name",
  "input",
  "choices",
  "message",
  "body",
  "trajectory",
  "thought",
  "action",
  "observation",
  "samples",
  "eval",
  "example",
  "steps",
  "label",
  "completions",
  "rating",
  "original_process",
  "modified_process",
  "error_steps",
  "sections",
  "nodes",
  "start",
  "end",
  "edges",
  "chunk",
  "chunk_idx",
  "function_tags",
  "depends_on",
  "chosen",
  "rejected",
  "teacher_response",
  "student_response",
  "logprobs",
  "tokens",
  "token_logprobs",
  "token_rewards",
  "step_scores",
  "turns",
  "ys",
  "infos",
  "r",
  "m (question)",
  "r1_solution_1",
  "r1_solution_2",
  "history",
  "parentUuid",
  "id",
  "model",
];

const { value: arbitrary } = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(
      tagged,
      fc.constantFrom<Json>(
        "",
        null,
        true,
        0,
        1,
        -1,
        7.5,
        "user",
        "assistant",
        "tool",
        "system",
        "text",
        "thinking",
        "tool_use",
        "tool_result",
      ),
    ),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.dictionary(fc.constantFrom(...keys), tie("value"), { maxKeys: 6 }),
}));

describe("any text", () => {
  test("is the concatenation of its cuts, and parts tile the thinking", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.oneof(tagged, fc.string({ unit: "binary" })), (field) => {
        const split = splitThinking(field);
        expect(split.preamble + split.opening + split.text + split.closing + split.response).toBe(field);
        const tiled = split.parts.every((part, i) => part.start === (split.parts[i - 1]?.end ?? 0) && part.end > part.start);
        expect(tiled && (split.parts.at(-1)?.end ?? 0) === split.text.length).toBe(true);
      }),
      { numRuns: 600 },
    );
  });
});

describe("any JSON", () => {
  test("gives at least one well-formed trace through the registry", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.oneof(arbitrary, fc.jsonValue() as fc.Arbitrary<Json>), (value) => {
        const { importer } = chooseImporter([value]);
        const traces = importRecord(importer, value, context);
        expect(traces.length).toBeGreaterThan(0);
        traces.forEach((trace, rollout) => {
          expect(trace.rollout).toBe(rollout);
          wellFormed(trace, value);
        });
      }),
      { numRuns: 2000 },
    );
  });

  for (const importer of importers) {
    test(`never breaks the importer ${importer.id}`, { timeout: 60_000 }, () => {
      fc.assert(
        fc.property(arbitrary, (value) => {
          if (typeof value !== "object" || value === null || Array.isArray(value)) return;
          const record = value as JsonObject;
          const fits = importer.sniff(record);
          expect(fits).toBeGreaterThanOrEqual(0);
          expect(fits).toBeLessThanOrEqual(1);
          const traces = importer.read(record, context);
          for (const trace of traces) wellFormed(trace, record);
        }),
        { numRuns: 500 },
      );
    });
  }
});
