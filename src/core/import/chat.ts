import type { FieldPath, Json, JsonObject, Trace } from "../trace";
import { at, isArray, isObject } from "./access";
import { infoOfMessages, isMessages, traceOfMessages } from "./conversation";
import { readFacts } from "./facts";
import type { ImportContext, Importer } from "./importer";
import { numbered } from "./makeTrace";
import { readAnswerField, traceOfAnswer } from "./output";
import { findAnswers } from "./rollouts";
import { rootList } from "./rootList";

/** Where a list of messages stands. */
const messagePaths: readonly FieldPath[] = [
  ["messages"],
  ["conversations"],
  ["conversation"],
  ["dialogue"],
  ["chat"],
  ["trajectory"],
  ["history"],
  [rootList],
  ["output"],
  ["response", "output"],
  ["completion"],
  ["response"],
  ["generation"],
];

/** Where a list of `{message}` choices stands (chat completions, batch output). */
const choicePaths: readonly FieldPath[] = [
  ["response", "body", "choices"],
  ["choices"],
  ["response", "choices"],
  ["body", "choices"],
  ["candidates"],
];

/** Where the prompt's messages stand beside choices. */
const promptPaths: readonly FieldPath[] = [
  ["request", "body", "messages"],
  ["body", "messages"],
  ["request", "messages"],
  ["messages"],
  ["prompt"],
  ["input"],
  ["contents"],
];

const isChoices = (value: Json | undefined): value is readonly JsonObject[] =>
  isArray(value) && value.length > 0 && value.every((item) => isObject(item) && (isObject(item.message) || isObject(item.content)));

const messagesIn = (record: JsonObject): { messages: readonly Json[]; path: FieldPath } | undefined => {
  for (const path of messagePaths) {
    const messages = at(record, path);
    if (isMessages(messages)) return { messages, path };
  }
  return isMessages([record]) && isFromAssistant(record) ? { messages: [record], path: [] } : undefined;
};

/** What the messages that stand beside choices or a completion ask. */
function askedIn(record: JsonObject, context: ImportContext): Trace | undefined {
  const prompt = promptPaths.map((path) => at(record, path)).find((value) => isMessages(value));
  return isArray(prompt) ? traceOfMessages(context, readFacts(record, context), prompt, []) : undefined;
}

const isFromAssistant = (message: Json): boolean =>
  isObject(message) &&
  ["assistant", "gpt", "model"].includes(String(message.role ?? message.from ?? (message.type === "reasoning" ? "assistant" : "")));

function readChoices(record: JsonObject, context: ImportContext): Trace[] {
  const path = choicePaths.find((candidate) => isChoices(at(record, candidate)));
  const choices = path && at(record, path);
  if (!path || !isArray(choices)) return [];
  const facts = readFacts(record, context);
  const asked = askedIn(record, context);
  const known = { ...facts, question: asked?.question ?? facts.question, system: facts.system ?? asked?.system };
  const traces = choices.map((choice, i) => traceOfAnswer(context, known, choice, [...path, i]));
  return numbered(traces.filter((trace) => trace !== undefined));
}

/** Is the last message one of the answers that stand beside the messages as a list (OpenR1)? All of them are wanted then. */
function repeatsAnAnswer(record: JsonObject, messages: readonly Json[]): boolean {
  const last = messages.at(-1);
  const said = isObject(last) ? (last.content ?? last.value) : undefined;
  const answers = findAnswers(record)?.value;
  return typeof said === "string" && isArray(answers) && answers.includes(said);
}

/** Chats: `messages`, `conversations`, chat completions. */
export const chat: Importer = {
  id: "chat",
  title: "Chat messages",
  sniff(record) {
    if (choicePaths.some((path) => isChoices(at(record, path)))) return 0.92;
    const found = messagesIn(record);
    if (!found) return 0;
    if (repeatsAnAnswer(record, found.messages)) return 0.8;
    return found.messages.some(isFromAssistant) ? 0.9 : 0.2;
  },
  read(record, context) {
    const choices = readChoices(record, context);
    if (choices.length > 0) return choices;
    const found = messagesIn(record);
    if (!found) return [];
    const { reference, correct } = infoOfMessages(found.messages);
    const facts = readFacts(record, context);
    // A field named like a question is the conversation's own first message in some sets and its summary in others: the message is what was asked.
    const known = { ...facts, reference: facts.reference ?? reference, recordedCorrect: facts.recordedCorrect ?? correct };
    const extra = { answerField: readAnswerField(record) };
    if (found.path.length === 0) return [traceOfMessages(context, known, found.messages, [], extra, true)];
    const asked = found.messages.every(isFromAssistant) ? askedIn(record, context) : undefined;
    const told = asked ? { ...known, question: asked.question || known.question, system: known.system ?? asked.system } : known;
    return [traceOfMessages(context, told, found.messages, found.path, extra)];
  },
};
