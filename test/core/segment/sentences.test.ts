import { describe, expect, it } from "vitest";
import { splitSentences } from "../../../src/core/segment/sentences";

const pieces = (text: string): string[] => splitSentences(text).map(({ start, end }) => text.slice(start, end));
const kinds = (text: string): string[] => splitSentences(text).map(({ kind }) => kind);

describe("sentence ends", () => {
  it("keeps the white space with the sentence before it", () => {
    expect(pieces("One.  Two!\n\nThree? ")).toEqual(["One.  ", "Two!\n\n", "Three? "]);
  });

  it.each([
    ["See Fig. 3 for it. Done.", 2],
    ["Some numbers, e.g. 4 and 6, are even. Others are not.", 2],
    ["It is 3.14 or 2.5. Good.", 2],
    ["We know 5! = 120 and n! / 2 is even. So be it.", 2],
    ["Hmm... let me think. Yes.", 2],
    ["1. First we add.\n2. Then we stop.", 2],
    ["Dr. Smith met Mr. Jones. They left.", 2],
    ["Is it? It is! Really.", 3],
    ['He said "stop." Then he left.', 2],
    ["a.m. and p.m. are clear", 1],
  ])("%j has %d", (text, count) => {
    expect(pieces(text)).toHaveLength(count);
  });

  it("ends Chinese sentences without a space", () => {
    expect(pieces("先看题。答案是3；对吗？对！")).toEqual(["先看题。", "答案是3；", "对吗？", "对！"]);
  });

  it("starts a sentence on each line unless a long line runs on", () => {
    expect(pieces("x = 1\ny = 2")).toHaveLength(2);
    expect(pieces("this line was wrapped by hand after some sixty or seventy characters of\nprose and goes on here")).toHaveLength(1);
  });
});

describe("atoms", () => {
  it.each(["$a. B$", "$$a. B$$", "\\(a. B\\)", "\\[a. B\\]", "\\begin{align}a. B\\end{align}", "`a. B`", '<a title="a. B">'])(
    "never divides inside %s",
    (atom) => {
      expect(pieces(`Here is ${atom} and more. End.`)).toEqual([`Here is ${atom} and more. `, "End."]);
    },
  );

  it("reads a price as a price", () => {
    expect(pieces("It costs $5. The other costs $6. Fine.")).toHaveLength(3);
  });

  it("goes on after a delimiter that is never closed", () => {
    expect(pieces("Open \\( here. Next one.\n\nLast $ one. End.")).toHaveLength(4);
  });

  it("knows display maths, code, tables, headings, lists and tags on lines of their own", () => {
    const text = [
      "## Head. Line",
      "$$x. Y$$",
      "```py\na = 1. \n\nb\n```",
      "| a | b |\n| - | - |\n| 1. | 2 |",
      "- item one. Still one",
      "</think>",
      "**Final Answer**",
      "Prose.",
    ].join("\n\n");
    expect(kinds(text)).toEqual(["heading", "display-math", "code", "table", "list-item", "tag", "heading", "sentence"]);
  });

  it("divides a long list item", () => {
    expect(pieces(`1. ${"A sentence of some length. ".repeat(12)}`)).toHaveLength(12);
  });

  it("numbers paragraphs", () => {
    expect(splitSentences("One. Two.\n\nThree.\nFour.").map(({ paragraph, paragraphStart }) => [paragraph, paragraphStart])).toEqual([
      [0, true],
      [0, false],
      [1, true],
      [1, false],
    ]);
  });
});
