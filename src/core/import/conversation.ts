import type { FieldPath, Json, JsonObject, Trace } from "../trace";
import { at, get, isArray, isObject, scalarText } from "./access";
import { type Facts, readVerdict } from "./facts";
import type { ImportContext } from "./importer";
import type { Extra } from "./makeTrace";
import { contentText, mediaText } from "./messageContent";
import { type Piece, traceOfPieces } from "./pieces";
import { splitThinking } from "./thinkTags";

/** Who speaks, by the names the roles have in the wild. */
const roles: Readonly<Record<string, "user" | "assistant" | "system" | "tool">> = {
  user: "user",
  human: "user",
  prompt: "user",
  assistant: "assistant",
  gpt: "assistant",
  model: "assistant",
  bot: "assistant",
  chatgpt: "assistant",
  ai: "assistant",
  system: "system",
  developer: "system",
  tool: "tool",
  function: "tool",
  ipython: "tool",
  environment: "tool",
  observation: "tool",
  function_call_output: "tool",
};

/** Types of items that stand in a list of messages without a role (OpenAI Responses). */
const itemRoles: Readonly<Record<string, "assistant" | "tool">> = {
  reasoning: "assistant",
  function_call: "assistant",
  custom_tool_call: "assistant",
  web_search_call: "assistant",
  file_search_call: "assistant",
  code_interpreter_call: "assistant",
  computer_call: "assistant",
  image_generation_call: "assistant",
  local_shell_call: "assistant",
  mcp_call: "assistant",
  mcp_list_tools: "assistant",
  function_call_output: "tool",
  custom_tool_call_output: "tool",
  computer_call_output: "tool",
  local_shell_call_output: "tool",
};

const roleOf = (message: JsonObject) => {
  const name = message.role ?? message.from ?? message.sender;
  const role = typeof name === "string" ? roles[name.toLowerCase()] : undefined;
  return role ?? (typeof message.type === "string" ? itemRoles[message.type] : undefined);
};

/** Is this a list of messages: objects with a role and something said? */
export function isMessages(value: Json | undefined): value is readonly JsonObject[] {
  return isArray(value) && value.length > 0 && value.every((item) => isObject(item) && roleOf(item) !== undefined);
}

/** The pieces of a list of messages. `assume` is the role of messages without one. */
export function piecesOf(messages: readonly Json[], path: FieldPath, assume?: "assistant"): Piece[] {
  const toolNames = new Map<string, string>();
  return messages.flatMap((message, i) => (isObject(message) ? messagePieces(message, [...path, i], toolNames, assume) : []));
}

function messagePieces(message: JsonObject, path: FieldPath, toolNames: Map<string, string>, assume?: "assistant"): Piece[] {
  const role = roleOf(message) ?? assume ?? "user";
  const pieces: Piece[] = [];
  if (role === "assistant") pieces.push(...reasoningPieces(message, path));
  const callName = nameOfCall(message, toolNames);
  const key = ["content", "value", "text", "output", "parts"].find((name) => message[name] !== undefined && message[name] !== null);
  if (key !== undefined) {
    const content = contentPieces(message[key], [...path, key], role, toolNames, callName);
    pieces.push(...(message.channel === "analysis" ? content.map(asReasoning) : content));
  }
  if (typeof message.refusal === "string") pieces.push(...textPiece("message", message.refusal, [...path, "refusal"]));
  if (isCall(message)) pieces.push(...callPieces(message, path, toolNames), ...outcomePieces(message, path, toolNames));
  const calls = message.tool_calls;
  if (isArray(calls)) pieces.push(...calls.flatMap((call, i) => callPieces(call, [...path, "tool_calls", i], toolNames)));
  if (isObject(message.function_call)) pieces.push(...callPieces(message.function_call, [...path, "function_call"], toolNames));
  return pieces;
}

/** A message of its own that holds the chain of thought (gpt-oss). */
const asReasoning = (piece: Piece): Piece => (piece.kind === "message" && !piece.made ? { ...piece, kind: "reasoning" } : piece);

/** A call that stands among messages as an item of its own. */
const isCall = ({ type }: JsonObject): boolean => typeof type === "string" && type.endsWith("_call") && itemRoles[type] === "assistant";

/** What calls of built-in tools hold beside their arguments: their own results. `result` is a picture that was made. */
const outcomeFields = ["outputs", "results", "output", "error", "result"] as const;

function outcomePieces(call: JsonObject, path: FieldPath, toolNames: Map<string, string>): Piece[] {
  const name = scalarText(call.name) ?? scalarText(call.type);
  return outcomeFields.flatMap((field) => {
    const value = call[field];
    if (value === undefined || value === null || value === "") return [];
    if (call.type === "image_generation_call") return mediaPieces({ image: { data: value } }, [...path, field], "message");
    return contentPieces(value, [...path, field], "tool", toolNames, name);
  });
}

const nameOfCall = (message: JsonObject, toolNames: Map<string, string>): string | undefined => {
  const id = message.tool_call_id ?? message.tool_use_id ?? message.call_id;
  return (typeof id === "string" ? toolNames.get(id) : undefined) ?? (roleOf(message) === "tool" ? scalarText(message.name) : undefined);
};

/** Fields of an assistant's message that hold its thinking, one of which is taken. */
const thinkingPaths: readonly FieldPath[] = [["reasoning_content"], ["reasoning"], ["thinking"], ["thought"], ["info", "think_content"]];

function reasoningPieces(message: JsonObject, path: FieldPath): Piece[] {
  const content = contentText(message.content ?? message.value) ?? "";
  for (const under of thinkingPaths) {
    const value = at(message, under);
    if (typeof value !== "string") continue;
    if (value !== "" && splitThinking(content).text.trim() === value.trim()) return [];
    return [{ kind: "reasoning", text: value, path: [...path, ...under] }];
  }
  const lists = ["reasoning_details", "summary"].flatMap((name) => (isArray(message[name]) ? [{ name, items: message[name] }] : []));
  return lists.flatMap(({ name, items }) => items.flatMap((item, i) => textPiece("reasoning", item, [...path, name, i])));
}

function textPiece(kind: Piece["kind"], value: Json | undefined, path: FieldPath, name?: string): Piece[] {
  if (typeof value === "string") return value === "" ? [] : [{ kind, text: value, path, name }];
  const key = ["text", "thinking", "reasoning", "content", "output", "value", "logs", "refusal", "summary"].find(
    (candidate) => typeof get(value, candidate) === "string",
  );
  return key === undefined ? [] : textPiece(kind, get(value, key), [...path, key], name);
}

/** A picture, sound or file as a reference; its text is made, as the record holds an address or data. */
function mediaPieces(part: JsonObject, path: FieldPath, kind: Piece["kind"], name?: string): Piece[] {
  const text = mediaText(part);
  return text === "" ? [] : [{ kind, text, path, name, made: true, media: true }];
}

function contentPieces(
  content: Json | undefined,
  path: FieldPath,
  role: "user" | "assistant" | "system" | "tool",
  toolNames: Map<string, string>,
  name: string | undefined,
): Piece[] {
  const kind = role === "assistant" ? "message" : role === "tool" ? "observation" : role;
  if (!isArray(content)) {
    const found = textPiece(kind, content, path, name);
    if (found.length > 0 || !isObject(content)) return found;
    const media = mediaPieces(content, path, kind, name);
    return media.length > 0 ? media : [{ kind, text: JSON.stringify(content), path, name, made: true }];
  }
  return content.flatMap((part, i) => {
    const here = [...path, i];
    if (!isObject(part)) return textPiece(kind, part, here, name);
    const type = part.type;
    if (part.thought === true) return textPiece("reasoning", part, here);
    if (type === "thinking" || type === "reasoning") {
      if (!isArray(part.summary) || typeof part.text === "string") return textPiece("reasoning", part, here);
      return part.summary.flatMap((item, k) => textPiece("reasoning", item, [...here, "summary", k]));
    }
    if (type === "tool_use" || type === "tool_call" || type === "function_call") return callPieces(part, here, toolNames);
    if (type === "tool_result" || type === "function_call_output") {
      return contentPieces(
        part.content ?? part.output,
        [...here, part.content === undefined ? "output" : "content"],
        "tool",
        toolNames,
        nameOfCall(part, toolNames),
      );
    }
    const found = textPiece(kind, part, here, name);
    return found.length === 0 ? mediaPieces(part, here, kind, name) : found;
  });
}

/** A tool call. Arguments that are text, or whose only value is text, are taken as they are; other arguments are written as lines. */
function callPieces(call: Json, path: FieldPath, toolNames: Map<string, string>): Piece[] {
  if (!isObject(call)) return textPiece("tool-call", call, path);
  const inner = isObject(call.function) ? call.function : call;
  const base = inner === call ? path : [...path, "function"];
  const name = scalarText(inner.name) ?? scalarText(inner.function) ?? scalarText(call.type) ?? "tool";
  const id = call.id ?? call.call_id;
  if (typeof id === "string") toolNames.set(id, name);
  if (typeof call.call_id === "string") toolNames.set(call.call_id, name);
  const key = ["arguments", "input", "args", "parameters", "code", "action", "queries"].find(
    (candidate) => inner[candidate] !== undefined && inner[candidate] !== null,
  );
  const value = key === undefined ? undefined : inner[key];
  const under: FieldPath = key === undefined ? base : [...base, key];
  if (typeof value === "string" && value !== "") return [{ kind: "tool-call", text: value, path: under, name }];
  const entries = isObject(value) || isArray(value) ? Object.entries(value) : [];
  const [only] = entries;
  if (entries.length === 1 && only && typeof only[1] === "string" && only[1] !== "") {
    return [{ kind: "tool-call", text: only[1], path: [...under, only[0]], name }];
  }
  const lines = entries.map(([argument, given]) => `${argument}: ${typeof given === "string" ? given : JSON.stringify(given)}`);
  return [{ kind: "tool-call", text: lines.length > 0 ? lines.join("\n") : `${name}()`, path: under, name, made: true }];
}

/** Index after the last piece of the user in the message that piece `first` stands in; `depth` is how many keys lead to the list of messages. */
function endOfMessage(pieces: readonly Piece[], first: number, depth: number): number {
  const message = pieces[first]?.path[depth];
  let end = first + 1;
  while (pieces[end]?.kind === "user" && pieces[end]?.path[depth] === message) end++;
  return end;
}

const joined = (pieces: readonly Piece[]): string => pieces.map((piece) => piece.text).join("\n\n");

/**
 * The trace of a conversation: the first user message is the question, all its parts joined, the last message of the assistant the response, all between them the text, in
 * order. What the system says before the assistant speaks is the system prompt; its later messages and those of the user are observations named "system" and "user". `alone`: the list is one message of the assistant.
 */
export function traceOfMessages(
  context: ImportContext,
  facts: Facts,
  messages: readonly Json[],
  path: FieldPath,
  extra: Extra = {},
  alone = false,
): Trace {
  const single = messages[0];
  const pieces = alone && isObject(single) ? messagePieces(single, path, new Map(), "assistant") : piecesOf(messages, path);
  const prompting = pieces.findIndex((piece) => piece.kind !== "system" && piece.kind !== "user");
  const told = pieces.slice(0, prompting < 0 ? pieces.length : prompting).filter((piece) => piece.kind === "system");
  const system = told.length === 0 ? undefined : joined(told);
  const firstUser = pieces.findIndex((piece) => piece.kind === "user");
  const asked = firstUser < 0 ? [] : pieces.slice(firstUser, endOfMessage(pieces, firstUser, path.length));
  const question = asked.length === 0 ? facts.question : joined(asked);
  const known: Facts = { ...facts, question, system: facts.system ?? system };
  const body = pieces.filter((piece) => !told.includes(piece) && !asked.includes(piece));
  return traceOfPieces(context, known, body, extra);
}

/** A verdict or reference that a message carries in `info` (AM-DeepSeek-R1-Distilled). */
export function infoOfMessages(messages: readonly Json[]): { reference?: string; correct?: boolean } {
  const found: { reference?: string; correct?: boolean } = {};
  for (const message of messages) {
    const info = get(message, "info");
    const reference = scalarText(get(info, "reference_answer"));
    if (reference !== undefined) found.reference ??= reference;
    const correct = readVerdict(get(info, "verify_score"));
    if (correct !== undefined) found.correct ??= correct;
  }
  return found;
}
