import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loadCompiled } from "../../src/platform/compiledCode";

let folder = "";
let bundle = "";

beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), "compiled-"));
  bundle = join(folder, "first.js");
  write("first", 'const { two } = require("./second"); exports.sum = () => two() + 1; exports.at = __dirname;');
  write("second", "module.exports = { two: () => 2 };");
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const write = (name: string, code: string): void => writeFileSync(join(folder, `${name}.js`), code);
const kept = (): string[] => readdirSync(folder).filter((name) => name.endsWith(".trace-code"));

/** The sum that the bundle gives, and what is kept after it has run for a while. */
function sum(): number {
  const loaded = loadCompiled(bundle, folder);
  const found: unknown = typeof loaded === "object" && loaded !== null && "sum" in loaded ? loaded.sum : undefined;
  const value: unknown = typeof found === "function" ? found() : undefined;
  vi.runAllTimers();
  return Number(value);
}

it("gives a bundle's exports, with bundles beside it, and keeps the code of both", () => {
  expect(sum()).toBe(3);
  expect(kept()).toHaveLength(2);
  expect(sum()).toBe(3);
  expect(kept()).toHaveLength(2);
});

it("runs changed code of the same length", () => {
  expect(sum()).toBe(3);
  write("second", "module.exports = { two: () => 4 };");
  utimesSync(join(folder, "second.js"), 1, 1);
  expect(sum()).toBe(5);
});

it("runs and mends without a word what is damaged", () => {
  expect(sum()).toBe(3);
  for (const name of kept()) {
    const bytes = readFileSync(join(folder, name));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(join(folder, name), bytes);
  }
  const damaged = kept().map((name) => readFileSync(join(folder, name)));
  expect(sum()).toBe(3);
  expect(kept().map((name) => readFileSync(join(folder, name)))).not.toEqual(damaged);
});

it("runs without a folder, and where nothing can be written", () => {
  expect(loadCompiled(bundle, undefined)).toMatchObject({ at: folder });
  write("blocked", "");
  expect(loadCompiled(bundle, join(folder, "blocked.js"))).toMatchObject({ at: folder });
  expect(() => vi.runAllTimers()).not.toThrow();
});
