import { expect, it } from "vitest";
import { placeName } from "../../../src/core/import/importer";
import { readAll, testFolder } from "../container/open";

const folder = testFolder();
const record = { question: "Why?", response: "<think>\nBecause.\n</think>\nSo." };

async function ids(name: string, content: string): Promise<unknown[]> {
  const { contents } = await readAll(folder.write(name, content));
  return contents.map((item) => (item.kind === "traces" ? item.traces[0]?.id : item.kind));
}

it("calls a record without a name by the line that it begins on", async () => {
  expect(await ids("lines.jsonl", `\n${JSON.stringify(record)}\n\n${JSON.stringify(record)}\n`)).toEqual(["line 2", "line 4"]);
  const pretty = JSON.stringify(record, null, 2);
  expect(await ids("pretty.jsonl", `${pretty}\n${pretty}\n`)).toEqual(["line 1", "line 5"]);
});

it("calls it by its number where records are items of a list", async () => {
  const three = ["record 1", "record 2", "record 3"];
  expect(await ids("array.json", JSON.stringify([record, record, record], null, 2))).toEqual(three);
  expect(await ids("object.json", JSON.stringify({ a: record, b: record, c: record }))).toEqual(three);
  expect(placeName({ record: 4 })).toBe("record 5");
});
