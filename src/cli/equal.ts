import { createInterface } from "node:readline";
import { equivalent } from "../core/answer/equivalent";
import { type Command, exit } from "./command";
import { printJson, say } from "./output";

const help = `Usage: trace-inspector equal < PAIRS

Reads lines {"gold": "…", "pred": "…"} from standard input and prints for each {"equal": true|false, "how": "…"}:
are the two answers mathematically the same, and which rule decided. Offline; nothing is evaluated as code.`;

async function run(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    say(`trace-inspector equal: takes no arguments; pairs come on standard input`);
    return exit.usage;
  }
  let line = 0;
  let bad = 0;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === "") continue;
    const pair = readPair(text);
    if (pair) printJson(equivalent(pair.gold, pair.pred));
    else {
      bad += 1;
      printJson({ equal: null, how: "unreadable" });
      say(`trace-inspector equal: line ${line} is not {"gold": string, "pred": string}`);
    }
  }
  return bad > 0 ? exit.data : exit.done;
}

/** Numbers and booleans are taken as written. */
function readPair(text: string): { gold: string; pred: string } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("gold" in value) || !("pred" in value)) return undefined;
  const gold = asText(value.gold);
  const pred = asText(value.pred);
  return gold === undefined || pred === undefined ? undefined : { gold, pred };
}

function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

export const equalCommand: Command = { name: "equal", summary: "are two answers the same?", help, run };
