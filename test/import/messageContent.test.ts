import { describe, expect, it } from "vitest";
import { contentText } from "../../src/core/import/messageContent";
import { chooseImporter, importRecord } from "../../src/core/import/registry";

const text = { type: "text", text: "What is this?" };

describe("text of a message's content", () => {
  it.each([
    [
      "an address in an object",
      { type: "image_url", image_url: { url: "https://example.org/a b.png" } },
      "![](https://example.org/a%20b.png)",
    ],
    ["an address as a string", { type: "input_image", image_url: "https://example.org/a.png" }, "![](https://example.org/a.png)"],
    [
      "data with its type",
      { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
      "![](data:image/png;base64,AAAA)",
    ],
    ["a sound with its format", { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } }, "![](data:audio/wav;base64,AAAA)"],
    ["data beside its type", { inlineData: { mimeType: "image/png", data: "AAAA" } }, "![](data:image/png;base64,AAAA)"],
    ["a file by its name", { type: "file", file: { filename: "a b.pdf" } }, "![](a%20b.pdf)"],
    ["a document's own words", { type: "document", source: { type: "text", media_type: "text/plain", data: "Page one." } }, "Page one."],
    ["a path", { type: "video", video: "clips/one.mp4" }, "![](clips/one.mp4)"],
  ])("refers to media: %s", (_, part, expected) => {
    expect(contentText([text, part])).toBe(`What is this?\n\n${expected}`);
  });

  it("names media too long for a text", () => {
    const data = "A".repeat(100_000);
    expect(contentText([{ type: "image", source: { media_type: "image/png", data } }])).toBe(
      "[image/png of 100,022 characters, held in the record]",
    );
  });

  it("leaves out parts without text or media", () => {
    expect(contentText([{ type: "tool_use", id: "1" }, 3, null])).toBeUndefined();
    expect(contentText("")).toBeUndefined();
    expect(contentText(undefined)).toBeUndefined();
  });

  it("makes all parts of the first message of the user the question", () => {
    const content = [text, { type: "image_url", image_url: { url: "https://example.org/a.png" } }, { type: "text", text: "Be brief." }];
    const record = {
      messages: [
        { role: "user", content },
        { role: "assistant", content: "<think>A cat.</think>A cat." },
      ],
    };
    const [trace] = importRecord(chooseImporter([record]).importer, record, { record: 0, line: 1, fileName: "" });
    expect(trace?.question).toBe("What is this?\n\n![](https://example.org/a.png)\n\nBe brief.");
    expect(trace?.text).toBe("A cat.");
  });

  it("keeps what the assistant shows before a text without reasoning", () => {
    const content = [
      { type: "image", image: "a.png" },
      { type: "text", text: "A cat." },
      { type: "image", image: "b.png" },
    ];
    const record = {
      messages: [
        { role: "user", content: "Draw." },
        { role: "assistant", content },
      ],
    };
    const [trace] = importRecord(chooseImporter([record]).importer, record, { record: 0, line: 1, fileName: "" });
    expect(trace).toMatchObject({ preamble: "![](a.png)", text: "A cat.", response: "![](b.png)", thinking: "none" });
  });
});
