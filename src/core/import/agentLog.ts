import type { FieldPath, Json, JsonObject } from "../trace";
import { at, type Found, get, isArray, isObject, scalarText } from "./access";
import { isMessages, traceOfMessages } from "./conversation";
import { readFacts } from "./facts";
import type { ImportContext, Importer } from "./importer";
import { type Piece, traceOfPieces } from "./pieces";

/** Names of the three parts of an agent's step, in order of preference. */
const thoughtKeys = ["thought", "reasoning", "thinking", "think", "reflection"];
const actionKeys = ["action", "tool_call", "command", "code", "tool_input", "tool"];
const observationKeys = ["observation", "result", "tool_output", "execution_result", "output", "feedback"];
const listKeys = ["trajectory", "trajectories", "steps", "turns", "history"];

interface Steps {
  readonly items: readonly JsonObject[];
  readonly path: FieldPath;
}

const firstKey = (item: JsonObject, keys: readonly string[]) => keys.find((key) => item[key] !== undefined && item[key] !== null);

/** A list of steps in which an action meets a thought or an observation. */
function agentSteps(record: JsonObject): Steps | undefined {
  for (const key of listKeys) {
    const items = get(record, key);
    if (!isArray(items) || !isStepList(items)) continue;
    return { items: items.map((item) => (isObject(item) ? item : {})), path: [key] };
  }
  return undefined;
}

/** Is this a list of an agent's steps? */
export const isStepList = (items: readonly Json[]): boolean => items.some((item) => isObject(item) && isAgentStep(item));

const isAgentStep = (item: JsonObject): boolean =>
  firstKey(item, actionKeys) !== undefined &&
  (firstKey(item, thoughtKeys) !== undefined || firstKey(item, observationKeys) !== undefined) &&
  item.role === undefined;

/** A string as it stands; anything else as JSON that was made. */
function piece(kind: Piece["kind"], value: Json | undefined, path: FieldPath, name?: string): Piece[] {
  if (typeof value === "string") return value === "" ? [] : [{ kind, text: value, path, name }];
  if (value === undefined || value === null) return [];
  const inner = isObject(value) ? ["content", "text", "result"].find((key) => typeof value[key] === "string") : undefined;
  if (inner !== undefined) return piece(kind, get(value, inner), [...path, inner], name);
  return [{ kind, text: JSON.stringify(value), path, name, made: true }];
}

function stepPieces(item: JsonObject, path: FieldPath): Piece[] {
  const take = (kind: Piece["kind"], keys: readonly string[], name?: string) => {
    const key = firstKey(item, keys);
    return key === undefined ? [] : piece(kind, item[key], [...path, key], name);
  };
  const action = item.action;
  const named = scalarText(item.tool_name) ?? scalarText(get(action, "name")) ?? scalarText(get(action, "tool"));
  const name = named ?? (typeof action === "string" ? /^\s*([\w.-]{1,60})/.exec(action)?.[1] : undefined);
  const thought = take("reasoning", thoughtKeys);
  return [
    ...(thought.length > 0 ? thought : take("message", ["response", "message"])),
    ...take("tool-call", actionKeys, name),
    ...take("observation", observationKeys, name),
  ];
}

/** What the agent handed in at the end. */
const submissionPaths: readonly FieldPath[] = [
  ["info", "submission"],
  ["final_answer"],
  ["answer"],
  ["response"],
  ["output"],
  ["final_response"],
];

function submission(record: JsonObject): Found | undefined {
  for (const path of submissionPaths) {
    const value = at(record, path);
    if (typeof value === "string" && value !== "") return { text: value, path };
  }
  return undefined;
}

/** Question and system prompt from the messages that the agent's log keeps beside its trajectory. */
function asked(record: JsonObject, context: ImportContext, steps: Steps) {
  const history = get(record, "history");
  if (steps.path[0] === "history" || !isMessages(history)) return undefined;
  const facts = readFacts(record, context);
  return traceOfMessages(context, { ...facts, question: "" }, history, ["history"]);
}

const stoppedAtLimit = /exit_cost|exit_context|exit_total|limit|max_steps/;

/** Trajectories of thought, action and observation (SWE-agent `.traj` and the like). */
export const agentLog: Importer = {
  id: "agent-log",
  title: "Agent trajectory",
  sniff: (record) => (agentSteps(record) ? 0.94 : 0),
  read(record, context) {
    const steps = agentSteps(record);
    if (!steps) return [];
    const final = submission(record);
    const facts = readFacts(record, context, (path) => path[0] === final?.path[0]);
    const log = asked(record, context, steps);
    const question = log?.question || facts.question;
    const status = scalarText(at(record, ["info", "exit_status"])) ?? "";
    const known = {
      ...facts,
      question,
      system: facts.system ?? log?.system,
      cutOff: facts.cutOff ?? (stoppedAtLimit.test(status) || undefined),
    };
    const pieces = steps.items.flatMap((item, i) => stepPieces(item, [...steps.path, i]));
    return [traceOfPieces(context, known, pieces, {}, final)];
  },
};
