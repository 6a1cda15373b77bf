import fc from "fast-check";
import { expect, test } from "vitest";
import { toJsonLine } from "../../src/core/import/exportJsonl";
import { chooseImporter, importRecord } from "../../src/core/import/registry";
import type { Json, Trace } from "../../src/core/trace";
import { importAll, readRecords } from "./fixtures";
import { wellFormed } from "./wellFormed";

const kept = ({
  id,
  question,
  text,
  response,
  reference,
  model,
  variant,
  system,
  recordedCorrect,
  answerField,
  givenSteps,
  cutOff,
}: Trace) => ({
  id,
  question,
  text,
  response,
  reference,
  model,
  variant,
  system,
  recordedCorrect,
  answerField,
  givenSteps,
  cutOff,
});

function reimport(trace: Trace): Trace | undefined {
  const value: Json = JSON.parse(toJsonLine(trace));
  const { importer } = chooseImporter([value]);
  const traces = importRecord(importer, value, { record: trace.record, line: trace.record + 1, fileName: "export.jsonl" });
  for (const again of traces) wellFormed(again, value);
  return traces[0];
}

const files = [
  "agent.traj",
  "batch.jsonl",
  "chatTools.jsonl",
  "flat.jsonl",
  "harness.jsonl",
  "heldLists.jsonl",
  "inspect.json",
  "jsonText.jsonl",
  "modifiedProcess.jsonl",
  "recordList.json",
  "sections.jsonl",
  "teacherStudent.jsonl",
];

test.each(files)("%s survives import, export and import", (file) => {
  const layout = file.endsWith(".jsonl") ? "lines" : "single";
  const { traces } = importAll(readRecords(new URL(`../fixtures/import/${file}`, import.meta.url), layout), file);
  expect(traces.length).toBeGreaterThan(0);
  for (const trace of traces) expect(kept(reimport(trace) ?? trace)).toEqual(kept(trace));
});

test("any texts survive export and import", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("<think>a</think>b", "think\na\nanswer\nb", '["a"] x ["end-section"]', "\ud800"),
  );
  fc.assert(
    fc.property(anyText, anyText, anyText, anyText, (question, response, reference, text) => {
      const [read] = importRecord(
        chooseImporter([{ question, reasoning: "r", response, ground_truth: reference, id: "i" }]).importer,
        { question, reasoning: text, response, ground_truth: reference, id: "i" },
        { record: 0, line: 1, fileName: "a" },
      );
      if (read) expect(kept(reimport(read) ?? read)).toEqual(kept(read));
    }),
  );
});
