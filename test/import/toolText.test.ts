import { expect, test } from "vitest";
import { splitJsonText } from "../../src/core/import/jsonText";
import { codePointsToUnits } from "../../src/core/import/sections";
import { findToolSpans } from "../../src/core/import/toolText";

const found = (text: string) => findToolSpans(text).map((span) => [span.kind, span.name, text.slice(span.start, span.end)]);

test("a code block counts as a call only with its output", () => {
  expect(found("a\n```python\nx\n```\n```output\n1\n```\nb")).toEqual([
    ["tool-call", "python", "```python\nx\n```\n"],
    ["observation", "python", "```output\n1\n```"],
  ]);
  expect(found("a\n```python\nx\n```\nb")).toEqual([]);
});

test("tags of calls and observations", () => {
  expect(found("a<tool_call>x</tool_call><tool_response>y</tool_response>")).toEqual([
    ["tool-call", "tool_call", "<tool_call>x</tool_call>"],
    ["observation", "tool_response", "<tool_response>y</tool_response>"],
  ]);
  expect(found("<search>q</search>\n<information>i</information>")).toHaveLength(2);
  expect(found("use <code>x</code> here")).toEqual([]);
});

test("ReAct labels need an action and an observation", () => {
  expect(found("Thought: t\nAction 1: look[a]\nObservation 1: b\nThought: c")).toEqual([
    ["tool-call", "look", "Action 1: look[a]\n"],
    ["observation", "look", "Observation 1: b\n"],
  ]);
  expect(found("Action: none")).toEqual([]);
});

test("JSON in a text: raw line breaks and LaTeX stay as written, valid strings are decoded", () => {
  const raw = splitJsonText('```json\n{"reasoning": "a\nb \\( x \\)", "answer": "1"}\n```');
  expect(raw?.pieces.map((piece) => piece.text)).toEqual(["a\nb \\( x \\)"]);
  const latex = splitJsonText('{"reasoning": "\\frac{1}{2} \\times 3", "answer": 1}');
  expect(latex?.pieces.map((piece) => piece.text + piece.glue).join("")).toBe("\\frac{1}{2} \\times 3");
  const valid = splitJsonText('{"reasoning": "a\\nb \\"c\\"", "answer": 1}');
  expect(valid?.pieces.map((piece) => piece.text + piece.glue).join("")).toBe('a\nb "c"');
  expect(valid?.answer).toBe("1");
  expect(splitJsonText('{"reasoning": "cut')).toMatchObject({ thinking: "unclosed" });
  expect(splitJsonText("no JSON")).toBeUndefined();
});

test("code points become UTF-16 code units", () => {
  expect(codePointsToUnits("a😀b", [0, 1, 2, 3, 9])).toEqual([0, 1, 3, 4, 4]);
});
