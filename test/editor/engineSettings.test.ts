import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ruleIds } from "../../src/core/analysis";
import { rulesOffByDefault } from "../../src/core/flag/rules";
import { type ThresholdName, thresholdTable } from "../../src/core/flag/thresholds";
import { mappingFields } from "../../src/core/import/mapping";
import { engineOptionsFrom, mappingFor, offByDefault } from "../../src/editor/engineSettings";
import { fitsGlob, globOf } from "../../src/editor/glob";
import { readEngineOptions } from "../../src/protocol/engineOptions";

interface Setting {
  type: string;
  default: unknown;
  minimum?: number;
  maximum?: number;
  markdownDescription: string;
  properties?: Record<string, { default?: unknown }>;
  additionalProperties?: { properties: Record<string, unknown> };
}
const read = (name: string) => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), "utf8"));
const configuration: { properties: Record<string, Setting> }[] = read("package.json").contributes.configuration;
const settings = Object.assign({}, ...configuration.map(({ properties }) => properties)) as Record<string, Setting>;
const nls: Record<string, string> = read("package.nls.json");
const defaults = (name: string): unknown => settings[`reasoningTrace.${name}`]?.default;

describe("settings of the analysis", () => {
  it("contribute every threshold with its default, unit and source", () => {
    const contributed = Object.keys(settings).filter((name) => name.startsWith("reasoningTrace.thresholds."));
    expect(contributed.sort()).toEqual(
      Object.keys(thresholdTable)
        .map((name) => `reasoningTrace.thresholds.${name}`)
        .sort(),
    );
    for (const [name, { value, unit, source }] of Object.entries(thresholdTable)) {
      const setting = settings[`reasoningTrace.thresholds.${name}`];
      expect(setting?.default, name).toBe(value);
      expect(setting?.minimum, name).toBeLessThanOrEqual(value);
      expect(setting?.maximum ?? Number.POSITIVE_INFINITY, name).toBeGreaterThanOrEqual(value);
      const text = nls[`setting.thresholds.${name}`] ?? "";
      expect(text, name).toContain(unit);
      expect(text, name).toContain(source);
    }
  });

  it("contribute a switch for every rule, off where the rule is off by default", () => {
    const switches = settings["reasoningTrace.rules"]?.properties ?? {};
    expect(Object.keys(switches)).toEqual([...ruleIds]);
    expect(offByDefault).toEqual(rulesOffByDefault);
    // The settings page ticks what the default of the whole says.
    expect(defaults("rules")).toEqual(Object.fromEntries(ruleIds.map((rule) => [rule, switches[rule]?.default])));
    for (const rule of ruleIds) expect(switches[rule]?.default, rule).toBe(!rulesOffByDefault.includes(rule));
  });

  it("let every field be mapped", () => {
    const fields = settings["reasoningTrace.mappings"]?.additionalProperties?.properties ?? {};
    expect(Object.keys(fields)).toEqual([...mappingFields]);
  });

  it("tell the engine nothing while they stand at their defaults", () => {
    expect(engineOptionsFrom(defaults, "a.jsonl", "/data")).toEqual({});
    expect(engineOptionsFrom(() => undefined, "a.jsonl", "/data")).toEqual({});
  });

  it("tell the engine what was changed", () => {
    const set: Record<string, unknown> = {
      "thresholds.loopCount": 5,
      "thresholds.repeatOverlap": "high",
      rules: { "no-progress": true, premise: false },
      mappings: { "*.jsonl": { reasoning: "meta.cot" } },
      questionFiles: { "*.jsonl": "questions.jsonl" },
    };
    const options = engineOptionsFrom((name) => set[name] ?? defaults(name), "data/a.jsonl", "/runs/data");
    expect(options).toEqual({
      thresholds: { loopCount: 5 },
      rulesOff: ["premise"],
      mapping: { reasoning: "meta.cot" },
      joinPath: "/runs/data/questions.jsonl",
    });
    expect(readEngineOptions(structuredClone(options))).toEqual(options);
  });

  it("are read from the other side of a port as far as they are understood", () => {
    expect(readEngineOptions(undefined)).toEqual({});
    const odd = { thresholds: { loopCount: Number.NaN, other: 1, unitShare: 0.4 }, rulesOff: ["loop", "x", 3], mapping: { model: "m" } };
    expect(readEngineOptions(odd)).toEqual({
      thresholds: { unitShare: 0.4 } satisfies Partial<Record<ThresholdName, number>>,
      rulesOff: ["loop"],
    });
  });
});

describe("the file with the questions", () => {
  it("stands beside the file unless its path is whole", () => {
    const joined = (path: string) =>
      engineOptionsFrom((name) => (name === "questionFiles" ? { "*": path } : undefined), "a.jsonl", "/d").joinPath;
    expect(joined("q.jsonl")).toBe("/d/q.jsonl");
    expect(joined("/other/q.jsonl")).toBe("/other/q.jsonl");
    expect(joined("C:\\other\\q.jsonl")).toBe("C:\\other\\q.jsonl");
    expect(joined("")).toBeUndefined();
  });
});

describe("mappings by pattern", () => {
  it("take the last pattern that fits", () => {
    const setting = { "*.jsonl": { reasoning: "a" }, "runs/**": { reasoning: "b" }, "runs/old/*.jsonl": { reasoning: 5, model: "m" } };
    expect(mappingFor(setting, "x.jsonl")).toEqual({ reasoning: "a" });
    expect(mappingFor(setting, "runs/deep/x.jsonl")).toEqual({ reasoning: "b" });
    expect(mappingFor(setting, "runs/old/x.jsonl")).toEqual({ model: "m" });
    expect(mappingFor(setting, "x.txt")).toBeUndefined();
    expect(mappingFor("no object", "x.jsonl")).toBeUndefined();
    expect(mappingFor({ "*.jsonl": {} }, "x.jsonl")).toBeUndefined();
  });

  it("fit as in other settings", () => {
    const cases: readonly (readonly [string, string, boolean])[] = [
      ["*.jsonl", "deep/down/a.jsonl", true],
      ["*.jsonl", "a.jsonl.gz", false],
      ["runs/*.jsonl", "runs/a.jsonl", true],
      ["runs/*.jsonl", "runs/b/a.jsonl", false],
      ["runs/**/*.jsonl", "runs/a.jsonl", true],
      ["runs/**/*.jsonl", "runs/b/c/a.jsonl", true],
      ["**/a.{jsonl,json}", "b/a.json", true],
      ["a,b.jsonl", "a,b.jsonl", true],
      ["run?.jsonl", "run1.jsonl", true],
      ["run?.jsonl", "run/.jsonl", false],
      ["a+(1).jsonl", "a+(1).jsonl", true],
      ["{a", "{a", false],
    ];
    for (const [pattern, path, fits] of cases) expect(fitsGlob(pattern, path), `${pattern} ${path}`).toBe(fits);
    for (const name of ["a b.jsonl", "x{1}.jsonl", "*.jsonl", "[a].jsonl"]) expect(fitsGlob(globOf(name), name), name).toBe(true);
  });
});
