import { writeSync } from "node:fs";

/** Writes one JSON value as a line to standard output, at once: output may be piped and the process may end right after. */
export function printJson(value: unknown, indent?: number): void {
  writeAll(1, `${JSON.stringify(value, null, indent)}\n`);
}

/** Writes finished lines to standard output. */
export function write(lines: string | Uint8Array): void {
  if (lines.length > 0) writeAll(1, lines);
}

/** Writes a message for people to standard error. */
export function say(message: string): void {
  writeAll(2, `${message}\n`);
}

/** Milliseconds between two updates of the progress line. */
const progressEvery = 250;

/** A line on standard error that says how far a long run is, where that is a terminal and standard output is not. */
export class Progress {
  private last = Date.now();
  private shown = false;
  private readonly wanted = process.stderr.isTTY === true && process.stdout.isTTY !== true;

  /** `total` in the same unit as what is done; `what` names it: "records". */
  constructor(
    private readonly total: number,
    private readonly what: string,
  ) {}

  /** Says that so many are done. */
  update(done: number): void {
    if (!this.wanted || Date.now() - this.last < progressEvery) return;
    this.last = Date.now();
    this.shown = true;
    writeAll(2, `\r\u001b[K${done} of ${this.total} ${this.what}, ${Math.floor((done / this.total) * 100)} %`);
  }

  /** Takes the line away, so that a message may stand there. */
  clear(): void {
    if (this.shown) writeAll(2, "\r\u001b[K");
    this.shown = false;
  }
}

/** A pipe may take less than the whole line, or nothing for a moment. */
function writeAll(descriptor: number, content: string | Uint8Array): void {
  let rest = typeof content === "string" ? Buffer.from(content) : content;
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
