import { writeSync } from "node:fs";

/** Writes one JSON value as a line to standard output, at once: output may be piped and the process may end right after. */
export function printJson(value: unknown, indent?: number): void {
  writeAll(1, `${JSON.stringify(value, null, indent)}\n`);
}

/** Writes finished lines to standard output. */
export function write(lines: string): void {
  if (lines !== "") writeAll(1, lines);
}

/** Writes a message for people to standard error. */
export function say(message: string): void {
  writeAll(2, `${message}\n`);
}

/** A pipe may take less than the whole line, or nothing for a moment. */
function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if (codeOf(error) === "EPIPE") process.exit(0);
      if (codeOf(error) !== "EAGAIN") throw error;
    }
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);
