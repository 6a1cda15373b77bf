import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { flagRules } from "../../src/core/flag/rules";
import { thresholdTable } from "../../src/core/flag/thresholds";
import { mostProblems, problemEntries } from "../../src/editor/problemList";

const folder = new URL("../../media/rules/", import.meta.url);
const pageOf = (rule: string): string => readFileSync(new URL(`${rule}.md`, folder), "utf8");

describe("the page of each rule", () => {
  it("is there, under the rule's own title", () => {
    expect(readdirSync(folder).sort()).toEqual(flagRules.map(({ id }) => `${id}.md`).sort());
    for (const { id, title } of flagRules) expect(pageOf(id).split("\n")[0]).toBe(`# ${title}`);
  });

  it("says how it is found, by an example, and what it does not mean", () => {
    for (const { id } of flagRules) {
      for (const heading of ["## How it is found", "## An example", "## What it does not mean", "## How often it is right"])
        expect(pageOf(id), id).toContain(heading);
    }
  });

  it("names thresholds that exist, and every threshold of a rule has its page", () => {
    const named = flagRules.flatMap(({ id }) => [...pageOf(id).matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name ?? ""));
    for (const name of named) expect(Object.keys(thresholdTable)).toContain(name);
    expect([...new Set(named), "unitShare"].sort()).toEqual(Object.keys(thresholdTable).sort());
  });
});

describe("broken records in the Problems panel", () => {
  const problem = (record: number) => ({ record, line: record + 1, byteOffset: 0, column: 5, message: "not valid JSON" });
  const info = { container: "jsonl" as const, malformed: 1, problems: [problem(2)] };

  it("stand on their line and column, counted from 0", () => {
    expect(problemEntries(info)).toEqual([
      { record: 2, place: { kind: "file" }, line: 2, column: 4, message: "not valid JSON", label: "line 3" },
    ]);
    expect(problemEntries(undefined)).toEqual([]);
  });

  it("point into the record's own text where there is no line on disk, and into a folder's files", () => {
    const inFolder = (part: string) => problemEntries({ ...info, container: "folder", problems: [{ ...problem(2), part }] })[0];
    const record = { place: { kind: "record" }, line: 0, column: 4 };
    expect(problemEntries({ ...info, packing: "gzip" })).toMatchObject([record]);
    expect(problemEntries({ ...info, container: "parquet" })).toMatchObject([record]);
    expect(inFolder("a/b.jsonl")).toMatchObject({ place: { kind: "part", name: "a/b.jsonl" }, line: 2, label: "a/b.jsonl line 3" });
    for (const part of ["b.jsonl.gz", "b.parquet", "log.eval/samples/1.json"]) expect(inFolder(part)).toMatchObject(record);
  });

  it("are bounded and say how many more there are", () => {
    const entries = problemEntries({ ...info, malformed: 500, problems: Array.from({ length: 100 }, (_, record) => problem(record)) });
    expect(entries).toHaveLength(mostProblems);
    expect(entries.at(-1)?.message).toBe("not valid JSON. 400 more records of this file are broken");
  });
});
