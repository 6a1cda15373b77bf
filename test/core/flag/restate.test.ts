import { describe, expect, it } from "vitest";
import { restate } from "../../../src/core/flag/restate";
import { contextOf, wordsAt } from "./make";

const question = "A shop sells 12 red pens and 18 blue pens for 3 dollars each. How much money does the shop take in one day?";
const copy = "But the problem says the shop sells 12 red pens and 18 blue pens for 3 dollars each.";
const work = "There are 12 + 18 = 30 pens, which makes 30 * 3 = 90.";

describe("restate", () => {
  it("marks a step that says the question again later on, with the shared words on both sides", () => {
    const context = contextOf({
      steps: [
        ["setup", "I have to find the takings."],
        ["derive", work],
        ["doubt", copy],
        ["derive", work],
      ],
      trace: { question },
    });
    const [flag, ...others] = restate.find(context);
    expect(others).toEqual([]);
    expect(flag).toMatchObject({ rule: "restate", level: "step", index: 2, evidence: { words: "restates the problem" } });
    expect(wordsAt(context.text, flag?.evidence.here)).toEqual(["shop sells 12 red pens and 18 blue pens for 3 dollars each"]);
    expect(wordsAt(question, flag?.evidence.there)).toEqual(["shop sells 12 red pens and 18 blue pens for 3 dollars each"]);
  });

  it("marks what follows in the paragraph of a step that goes back to the question, and nothing in the next one", () => {
    const near = "It said that our shop sells 12 red pens and 18 blue pens for 3 dollars each.";
    const marked = (paragraphs: readonly number[]) =>
      restate
        .find(
          contextOf({
            steps: [
              ["setup", "I have to find the takings."],
              ["derive", work],
              ["doubt", "What did it say?"],
              ["derive", near],
              ["derive", work],
            ],
            paragraphs,
            trace: { question },
          }),
        )
        .map(({ index }) => index);
    expect(marked([0, 1, 2, 4])).toEqual([3]);
    expect(marked([0, 1, 2, 3, 4])).toEqual([]);
  });

  it("lets a trace read its question once, in its own words", () => {
    const own = "Okay, so a shop sells 12 red pens and 18 blue pens, and I want the money it takes when each one costs 3.";
    expect(
      restate.find(
        contextOf({
          steps: [
            ["setup", own],
            ["derive", work],
            ["derive", work],
          ],
          trace: { question },
        }),
      ),
    ).toEqual([]);
  });

  it("marks an opening that copies the question", () => {
    expect(
      restate.find(
        contextOf({
          steps: [
            ["setup", question],
            ["derive", work],
            ["derive", work],
          ],
          trace: { question },
        }),
      ),
    ).toHaveLength(1);
  });

  it("does not mark a conclusion in the words of the question", () => {
    const answer = "How much money does the shop take in one day? The shop takes 90 dollars.";
    expect(
      restate.find(
        contextOf({
          steps: [
            ["derive", work],
            ["conclude", answer],
            ["conclude", "Done."],
          ],
          trace: { question },
        }),
      ),
    ).toEqual([]);
  });

  it("finds nothing without a question", () => {
    expect(
      restate.find(
        contextOf({
          steps: [
            ["setup", copy],
            ["derive", work],
          ],
        }),
      ),
    ).toEqual([]);
  });
});
