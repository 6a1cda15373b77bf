import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Rule {
  name?: string;
  match?: string;
  begin?: string;
  end?: string;
  include?: string;
  patterns?: Rule[];
}
interface Grammar {
  scopeName: string;
  injectionSelector?: string;
  patterns: Rule[];
  repository?: Record<string, Rule>;
}

const load = (name: string): Grammar => JSON.parse(readFileSync(new URL(`../../syntaxes/${name}`, import.meta.url), "utf8"));
const grammar = load("reasoning-trace.tmLanguage.json");
const injection = load("injection.tmLanguage.json");

/** A TextMate pattern as JavaScript; `(?i)` at its start becomes a flag. */
const regex = (pattern: string): RegExp => new RegExp(pattern.replace(/^\(\?i\)/, ""), pattern.startsWith("(?i)") ? "iu" : "u");

function rules(rule: Rule | undefined): Rule[] {
  return rule ? [rule, ...(rule.patterns ?? []).flatMap(rules)] : [];
}
const all = (file: Grammar): Rule[] => [...file.patterns.flatMap(rules), ...Object.values(file.repository ?? {}).flatMap(rules)];

/** Names of the rules whose pattern finds something in the text. */
const found = (file: Grammar, text: string): string[] =>
  all(file).flatMap((rule) =>
    rule.name && rule.match && regex(rule.match).test(text) ? [rule.name.replace(/\.reasoning-trace$/, "")] : [],
  );

describe("the grammar of a trace's text", () => {
  it("has patterns that compile and includes that exist", () => {
    for (const file of [grammar, injection])
      for (const rule of all(file)) {
        for (const pattern of [rule.match, rule.begin]) if (pattern) expect(() => regex(pattern), pattern).not.toThrow();
        const target = rule.include?.split("#")[1];
        if (target) expect(Object.keys(grammar.repository ?? {})).toContain(target);
      }
  });

  it.each(["<think>", "</think>", "<|begin_of_thought|>", "<|end_of_solution|>", "◁think▷", "</reasoning>", "<Thought>"])(
    "marks %s",
    (tag) => {
      expect(found(grammar, tag)).toContain("entity.name.tag");
      expect(found(injection, tag)).toContain("entity.name.tag");
    },
  );

  it("does not mark other tags", () => {
    for (const text of ["<table>", "a < b", "<thinker>"]) expect(found(grammar, text)).not.toContain("entity.name.tag");
  });

  it.each([
    ["Wait, is that right?", "keyword.control.doubt"],
    ["等等，不对", "keyword.control.doubt"],
    ["Let me double-check the sum.", "entity.name.function.verify"],
    ["验证一下结果", "entity.name.function.verify"],
    ["Alternatively, use induction.", "entity.name.type.switch"],
    ["换个思路", "entity.name.type.switch"],
    ["So the answer is 90.", "markup.bold.conclude"],
    ["因此答案是 90", "markup.bold.conclude"],
  ])("marks the cue of %s", (text, name) => {
    expect(found(grammar, text)).toContain(name);
  });

  it("does not find cues inside words", () => {
    for (const text of ["waiter", "unhenced", "thusly-not"])
      expect(found(grammar, text).filter((name) => /doubt|verify|switch|conclude/.test(name))).toEqual([]);
  });

  it("takes $x+1$ for maths and two prices for money", () => {
    expect(found(grammar, "so $x+1$ holds")).toContain("string.other.math.inline");
    expect(found(grammar, "it costs $5 and $6 today")).not.toContain("string.other.math.inline");
  });

  it("finds a cue right after an escaped line break of a JSON string", () => {
    expect(found(injection, String.raw`done.\nAlternatively, use`)).toContain("entity.name.type.switch");
  });

  it("is injected into strings of JSON and JSON Lines only", () => {
    expect(injection.injectionSelector).toMatch(/string\.quoted\.double\.json\.lines/);
    expect(injection.injectionSelector).not.toMatch(/support\.type/);
  });
});
