import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Flag, stepFunctions, unitRoles } from "../../../src/core/analysis";
import { anchor, anchorLabels } from "../../../src/core/annotate/anchor";
import { changeMarks, type Dismissal, dismissalOf, type Mark, readMark, stepRelabel, unitRelabel } from "../../../src/core/annotate/marks";
import { formatSidecar, parseSidecar } from "../../../src/core/annotate/sidecar";
import type { Trace } from "../../../src/core/trace";

function traceOf(text: string, more: Partial<Trace> = {}): Trace {
  return {
    record: 0,
    rollout: 0,
    id: "algebra-1",
    question: "",
    text,
    parts: [],
    preamble: "",
    opening: "",
    closing: "",
    response: "",
    thinking: "none",
    notices: [],
    columns: {},
    ...more,
  };
}

const flagAt = (text: string, passage: string, rule: Flag["rule"] = "repeat", level: Flag["level"] = "step"): Flag => {
  const start = text.indexOf(passage);
  return { rule, level, index: 0, start, end: start + passage.length, evidence: { words: "", detail: "" } };
};

const text = "First, x is 5. So 2x is 10. Again, x is 5 as before. Done.";
const trace = traceOf(text);
const flag = flagAt(text, "Again, x is 5 as before.");
const entry = dismissalOf(trace, flag);

describe("a dismissal", () => {
  it("holds for its flag, and for no other rule, level, rollout, model or record", () => {
    expect([...anchor(trace, [flag], [entry]).keys()]).toEqual([0]);
    expect(anchor(trace, [{ ...flag, rule: "reverify" }], [entry]).size).toBe(0);
    expect(anchor(trace, [{ ...flag, level: "unit" }], [entry]).size).toBe(0);
    for (const other of [{ rollout: 1 }, { model: "tiny" }, { id: "algebra-2" }])
      expect(anchor(traceOf(text, other), [flag], [entry]).size).toBe(0);
  });

  it("holds when the steps are cut elsewhere and most of the passage is the same", () => {
    const shorter = flagAt(text, "x is 5 as before.");
    const shifted = flagAt(text, "is 10. Again, x is 5 as before. Done.");
    const longer = flagAt(text, "First, x is 5. So 2x is 10. Again, x is 5 as before. Done.");
    const next = flagAt(text, "Done.");
    expect([...anchor(trace, [longer, shorter, shifted, next], [entry]).keys()]).toEqual([1, 2]);
  });

  it("finds its passage again when the text before it changed, and does not guess when the passage changed", () => {
    const moved = `Let me see. ${text}`;
    expect(anchor(traceOf(moved), [flagAt(moved, "Again, x is 5 as before.")], [entry]).size).toBe(1);
    const changed = text.replace("as before", "as proved");
    expect(anchor(traceOf(changed), [flagAt(changed, "Again, x is 5 as proved.")], [entry]).size).toBe(0);
  });
});

describe("a label that a reader set", () => {
  const spans = (...passages: string[]) =>
    passages.map((passage) => ({ start: text.indexOf(passage), end: text.indexOf(passage) + passage.length }));
  const cut = (...passages: string[]) => ({ steps: spans(...passages), units: [] }) as unknown as Parameters<typeof anchorLabels>[1];
  const [step] = spans("So 2x is 10.");
  const label = stepRelabel(trace, step ?? { start: 0, end: 0 }, "verify");

  it("holds for its step, and for steps cut out of it; the last mark wins", () => {
    const { steps } = anchorLabels(trace, cut("First, x is 5. ", "So 2x is 10.", "Again"), [label]);
    expect([...steps.keys()]).toEqual([1]);
    const parts = anchorLabels(trace, cut("So 2x", " is 10."), [label, { ...label, label: "plan" } as typeof label]);
    expect([...parts.steps.values()].map(({ label: name, marks }) => [name, marks.length])).toEqual([
      ["plan", 2],
      ["plan", 2],
    ]);
    const whole = anchorLabels(trace, cut(text), [label]);
    expect(whole.steps.size).toBe(0);
  });

  it("of a unit says nothing of steps", () => {
    const unit = unitRelabel(trace, step ?? { start: 0, end: 0 }, "revise");
    expect(anchorLabels(trace, cut("So 2x is 10."), [unit])).toEqual({ steps: new Map(), units: new Map() });
  });
});

describe("the sidecar", () => {
  const other: Dismissal = { ...entry, id: "a", model: "m", start: 0, end: 5 };

  it("has one line an entry, in an order of its own", () => {
    const one = formatSidecar([entry, other]);
    expect(one).toBe(formatSidecar([other, entry]));
    const lines = one.split("\n");
    expect(lines.filter((line) => line.includes('"hash"'))).toHaveLength(2);
    expect(lines[3]).toContain('"id":"a","model":"m","rollout":0,"rule":"repeat","level":"step","start":0,"end":5');
    expect(formatSidecar([])).toBe('{\n  "version": 1,\n  "notRedundant": []\n}\n');
  });

  it("comes back as it was written", () => {
    const place = { id: fc.string(), rollout: fc.nat(), start: fc.nat(), end: fc.nat(), hash: fc.string() };
    const dismissal = fc.record(
      { ...place, model: fc.string(), rule: fc.string(), level: fc.constantFrom("step" as const, "unit" as const) },
      { requiredKeys: ["id", "rollout", "rule", "level", "start", "end", "hash"] },
    );
    const onStep = fc.record({ ...place, level: fc.constant("step" as const), label: fc.constantFrom(...stepFunctions) });
    const onUnit = fc.record({ ...place, level: fc.constant("unit" as const), label: fc.constantFrom(...unitRoles) });
    const entries = fc.array(fc.oneof(dismissal, onStep, onUnit) as fc.Arbitrary<Mark>);
    fc.assert(
      fc.property(entries, (list) => {
        const written = formatSidecar(list);
        const read = parseSidecar(written);
        expect(read.ok && read.value.length).toBe(list.length);
        expect(read.ok && formatSidecar(read.value)).toBe(written);
      }),
    );
  });

  it("keeps labels in a list of their own, which is absent while there are none", () => {
    const label = stepRelabel(trace, flag, "verify");
    const lines = formatSidecar([label, entry]).split("\n");
    expect(lines[5]).toContain('"labels": [');
    expect(lines[6]).toContain('"id":"algebra-1","rollout":0,"label":"verify","level":"step"');
    expect(readMark({ ...label, label: "guess" })).toBeUndefined();
    expect(readMark({ ...label, level: "unit" })).toMatchObject({ label: "verify", level: "unit" });
    const bad = `{"version":1,"notRedundant":[],"labels":[${JSON.stringify({ ...label, label: "guess" })}]}`;
    expect(parseSidecar(bad)).toMatchObject({ ok: false, error: { code: "bad-sidecar" } });
  });

  it("is refused, not guessed at, when it is something else", () => {
    const bad = ["", "[]", "{}", '{"version":2,"notRedundant":[]}', '{"version":1}', '{"version":1,"notRedundant":[{"id":"a"}]}'];
    for (const text of bad) expect(parseSidecar(text), text).toMatchObject({ ok: false, error: { code: "bad-sidecar" } });
  });

  it("changes by entries: added once, removed by what they say", () => {
    const both = changeMarks([entry], [other, { ...entry }], []);
    expect(both).toHaveLength(2);
    expect(changeMarks(both, [], [{ ...entry }])).toEqual([other]);
    expect(changeMarks([entry], [entry], [entry])).toEqual([]);
  });
});
