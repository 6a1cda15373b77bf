import { describe, expect, test } from "vitest";
import { splitThinking } from "../../src/core/import/thinkTags";
import type { Thinking } from "../../src/core/trace";

/** field → thinking, text, response */
const cuts: readonly (readonly [string, Thinking, string, string])[] = [
  ["<think>a b</think>c", "closed", "a b", "c"],
  ["Hi. <think>a</think>c", "closed", "a", "c"],
  ["a b</think>c", "no-open", "a b", "c"],
  ["<think>a b", "unclosed", "a b", ""],
  ["<think>\n</think>\n\nc", "empty", "\n", "\n\nc"],
  ["</think>c", "empty", "", "c"],
  ["a b c", "none", "a b c", ""],
  ["", "none", "", ""],
  ["<THINK>a</Think>c", "closed", "a", "c"],
  [
    "<|begin_of_thought|>a<|end_of_thought|><|begin_of_solution|>c<|end_of_solution|>",
    "closed",
    "a",
    "<|begin_of_solution|>c<|end_of_solution|>",
  ],
  ["<Thought>a</Thought><Output>c</Output>", "closed", "a", "<Output>c</Output>"],
  ["<Thought>a<Output>c</Output>", "closed", "a", "c</Output>"],
  ["<thinking>a</thinking>c", "closed", "a", "c"],
  ["<reasoning>a</reasoning>c", "closed", "a", "c"],
  ["<reflection>a</reflection>c", "closed", "a", "c"],
  [
    "<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>c<|return|>",
    "closed",
    "a",
    "<|start|>assistant<|channel|>final<|message|>c<|return|>",
  ],
  ["analysisa bassistantfinalc", "closed", "a b", "c"],
  ["[THINK]a[/THINK]c", "closed", "a", "c"],
  ["◁think▷a◁/think▷c", "closed", "a", "c"],
  ["<|START_THINKING|>a<|END_THINKING|><|START_RESPONSE|>c", "closed", "a", "<|START_RESPONSE|>c"],
  ["【解析】a<eoe>【答案】c<eoa>", "closed", "a", "【答案】c<eoa>"],
  ["think\na\nanswer\nc", "closed", "a", "c"],
  ["<|im_start|>think\na\n<|im_start|>answer\nc", "closed", "a", "c"],
  ["think\na b", "unclosed", "a b", ""],
  ["a\n\n**Final Answer**\nc", "no-open", "a\n\n", "\nc"],
  ["a <answer>c</answer>", "no-open", "a ", "c</answer>"],
  ["<|end|>a", "none", "<|end|>a", ""],
];

describe("delimiters", () => {
  test.each(cuts)("%j", (field, thinking, text, response) => {
    const split = splitThinking(field);
    expect([split.thinking, split.text, split.response]).toEqual([thinking, text, response]);
  });
});

describe("tags that are text", () => {
  const quoted = [
    "In code: `</think>` ends it. So 4.",
    "```html\n<think>\nx\n</think>\n```\nSo 4.",
    "~~~\n</think>\n~~~\nSo 4.",
    'He wrote "use <think> first" and left.',
    "The tag '</think>' ends it.",
    "他说“用 </think> 结束”。",
    "As shown: ```\n</think>\n``` and so on.",
  ];
  test.each(quoted)("%j holds no delimiter", (field) => {
    expect(splitThinking(field)).toMatchObject({ thinking: "none", text: field, notices: [] });
  });

  test("a tag in code inside the thinking does not end it", () => {
    const split = splitThinking("<think>write `</think>` last.\n```\n</think>\n```\nok</think>\nyes");
    expect(split).toMatchObject({ thinking: "closed", response: "\nyes", notices: [] });
    expect(split.parts).toHaveLength(1);
  });

  test("an apostrophe, an inch mark or a stray backtick hides no delimiter", () => {
    for (const inner of ["it's 5\" wide", "a ` here", "don't", 'said "so" twice "']) {
      expect(splitThinking(`<think>${inner}</think>The "x" isn't ' `)).toMatchObject({ thinking: "closed", text: inner });
    }
  });

  test("a fence that the thinking never closes does not hide the delimiter", () => {
    const split = splitThinking("<think>\n```python\nx = 1\n</think>\n\n```python\nx = 2\n```\n");
    expect(split).toMatchObject({ thinking: "closed", text: "\n```python\nx = 1\n" });
  });
});

describe("several blocks", () => {
  test("run from the first opening to the last closing", () => {
    const split = splitThinking("<think>a</think>said<think>b</think>c");
    expect(split).toMatchObject({ thinking: "closed", text: "a</think>said<think>b", response: "c" });
    expect(split.parts.map((part) => [part.kind, split.text.slice(part.start, part.end)])).toEqual([
      ["reasoning", "a"],
      ["tag", "</think>"],
      ["message", "said"],
      ["tag", "<think>"],
      ["reasoning", "b"],
    ]);
  });

  test("a block opened after the last closing makes the whole unclosed", () => {
    expect(splitThinking("<think>a</think>said<think>b")).toMatchObject({ thinking: "unclosed", text: "a</think>said<think>b" });
  });

  test("nested delimiters are tags inside the thinking", () => {
    const split = splitThinking("<thinking>a<reflection>b</reflection></thinking><output>c");
    expect(split).toMatchObject({ text: "a<reflection>b</reflection>", response: "<output>c" });
    expect(split.parts.map((part) => part.kind)).toEqual(["reasoning", "tag", "reasoning", "tag"]);
  });
});

describe("notices", () => {
  const kinds = (field: string) => splitThinking(field).notices.map((notice) => [notice.kind, notice.at]);
  test("name missing, unclosed, stray and empty delimiters and their place in the text", () => {
    expect(kinds("a</think>c")).toEqual([["missing-open", 0]]);
    expect(kinds("<think>abc")).toEqual([["unclosed", 3]]);
    expect(kinds("<think>a<think>b</think>c")).toEqual([["stray-tag", 1]]);
    expect(kinds("<think>a</think>b</think>c")).toEqual([["stray-tag", undefined]]);
    expect(kinds("<think></think>c")).toEqual([["empty", undefined]]);
    expect(kinds("<think>a</think>c")).toEqual([]);
    expect(kinds("abc")).toEqual([]);
  });
});

test("a million characters of tags, quotes and fences are read in linear time", () => {
  const lots = ["<think>", "</think>", '"a ', "`", "```\n", "**Final Answer**\n", "\n", " ", '"reasoning": "', "<", "【"];
  for (const piece of lots) {
    const field = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const split = splitThinking(field);
    expect(split.preamble.length + split.opening.length + split.text.length + split.closing.length + split.response.length).toBe(
      field.length,
    );
  }
}, 60_000);
