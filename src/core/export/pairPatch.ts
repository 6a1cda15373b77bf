/** Two traces as a unified diff, for tools that read patches. */
import { createTwoFilesPatch } from "diff";
import type { Trace } from "../trace";

/** Two texts with nothing in common take long to compare line by line; after this the patch replaces the one by the other. */
const longestMs = 1500;

/** The patch that turns the teacher's text into the student's. */
export function pairPatch(teacher: Trace, student: Trace): string {
  const [from, to] = [fileOf("teacher", teacher), fileOf("student", student)];
  const [before, after] = [ended(teacher.text), ended(student.text)];
  const patch = createTwoFilesPatch(from, to, before, after, undefined, undefined, { context: 3, timeout: longestMs });
  // The library puts a line of equals signs first, which belongs to another format.
  return patch?.replace(/^=+\n/, "") ?? replacement(from, to, before, after);
}

function replacement(from: string, to: string, before: string, after: string): string {
  const [old, fresh] = [before.split("\n").slice(0, -1), after.split("\n").slice(0, -1)];
  const lines = [...old.map((line) => `-${line}`), ...fresh.map((line) => `+${line}`)];
  return [`--- ${from}`, `+++ ${to}`, `@@ -1,${old.length} +1,${fresh.length} @@`, ...lines, ""].join("\n");
}

const ended = (text: string): string => (text.endsWith("\n") || text === "" ? text : `${text}\n`);

/** A path of the trace: its side, model and id, without white space. */
const fileOf = (side: string, { model, variant, id }: Trace): string =>
  [side, model ?? variant, `${id}.txt`].flatMap((part) => (part ? [part.replace(/\s+/g, "_")] : [])).join("/");
