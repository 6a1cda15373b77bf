import type { Json, JsonObject } from "../trace";
import { get, isArray, isObject } from "./access";
import { piecesOf } from "./conversation";
import { readFacts } from "./facts";
import type { Importer } from "./importer";
import { traceOfPieces } from "./pieces";
import { rootList } from "./rootList";

/** A line of a coding agent's session: `type`, `message.content` and the session's own ids, or a `response_item` with its `payload`. */
export function isSessionLine(value: Json): value is JsonObject {
  if (get(value, "type") === "response_item" && isObject(get(value, "payload"))) return true;
  const message = get(value, "message");
  if (!isObject(value) || !isObject(message) || (value.type !== "user" && value.type !== "assistant")) return false;
  return message.content !== undefined && ["sessionId", "parentUuid", "uuid", "isSidechain"].some((key) => value[key] !== undefined);
}

const isSession = (lines: Json | undefined): lines is readonly Json[] => isArray(lines) && lines.some((line) => isSessionLine(line));

/** One message of a session a line, or a list of all lines. What the user writes is the question; what tools give back is an observation. */
export const sessionLines: Importer = {
  id: "session-lines",
  title: "Agent session",
  sniff: (record) => (isSessionLine(record) || isSession(record[rootList]) ? 0.95 : 0),
  read(record, context) {
    const all = record[rootList];
    const lines: readonly Json[] = isSession(all) ? all : [record];
    const facts = readFacts(isSession(all) && isObject(all[0]) ? all[0] : record, context);
    const pieces = lines.flatMap((line, i) => {
      if (!isSessionLine(line)) return [];
      const key = line.message === undefined ? "payload" : "message";
      const under = lines === all ? [rootList, i, key] : [key];
      return piecesOf([line[key] ?? null], []).map((piece) => ({
        ...piece,
        path: [...under, ...piece.path.slice(1)],
      }));
    });
    const first = pieces.findIndex((piece) => piece.kind === "user");
    const question = pieces[first]?.text ?? "";
    return [
      traceOfPieces(
        context,
        { ...facts, question },
        pieces.filter((_, i) => i !== first),
        {},
      ),
    ];
  },
};
