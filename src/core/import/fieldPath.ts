import { fail, ok, type Result } from "../result";
import type { FieldPath } from "../trace";

/** A step of a path pattern: a key, an index, or every item of a list. */
export type PathStep = string | number | typeof everyItem;

/** Stands for `[*]`: one rollout an item. */
export const everyItem = Symbol("every item");

const bareKey = /[^.[\]]+/y;
const bracket = /\[(?:(\d{1,9})|(\*)|("(?:[^"\\]|\\.)*"))\]/y;

/**
 * Reads a path such as `meta.gen[0].text`, `responses[*].content` or `["key with.dots"]`. Offsets in messages are 1-based characters.
 */
export function parsePath(text: string): Result<readonly PathStep[]> {
  const steps: PathStep[] = [];
  let at = 0;
  const wrong = (what: string) => fail("bad-path", `${what} at character ${at + 1} of the path "${text}".`);
  while (at < text.length) {
    bracket.lastIndex = at;
    const inner = bracket.exec(text);
    if (inner) {
      const step = bracketStep(inner);
      if (step === undefined) return wrong("A quoted key that is not valid");
      steps.push(step);
      at = bracket.lastIndex;
      continue;
    }
    if (text[at] === "." && steps.length > 0) at++;
    else if (steps.length > 0) return wrong('Expected "." or "["');
    bareKey.lastIndex = at;
    const key = bareKey.exec(text);
    if (!key) return wrong("Expected a field name");
    steps.push(key[0]);
    at = bareKey.lastIndex;
  }
  return steps.length > 0 ? ok(steps) : fail("bad-path", "The path is empty.");
}

function bracketStep(match: RegExpExecArray): PathStep | undefined {
  if (match[1] !== undefined) return Number(match[1]);
  if (match[2] !== undefined) return everyItem;
  try {
    const key: unknown = JSON.parse(match[3] ?? "");
    return typeof key === "string" ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a path as {@link parsePath} reads it. */
export function formatPath(path: FieldPath): string {
  return path
    .map((step, i) => {
      if (typeof step === "number") return `[${step}]`;
      if (step === "" || /[.[\]"]/.test(step)) return `[${JSON.stringify(step)}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join("");
}
