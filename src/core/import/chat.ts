import type { FieldPath, Json, JsonObject, Trace } from "../trace";
import { at, isArray, isObject } from "./access";
import { infoOfMessages, isMessages, traceOfMessages } from "./conversation";
import { readFacts } from "./facts";
import type { ImportContext, Importer } from "./importer";
import { numbered } from "./makeTrace";
import { readAnswerField, traceOfAnswer } from "./output";
import { rootList } from "./rootList";

/** Where a list of messages stands. */
const messagePaths: readonly FieldPath[] = [
  ["messages"],
  ["conversations"],
  ["conversation"],
  ["dialogue"],
  ["chat"],
  ["history"],
  [rootList],
  ["output"],
  ["response", "output"],
];

/** Where a list of `{message}` choices stands (chat completions, batch output). */
const choicePaths: readonly FieldPath[] = [["response", "body", "choices"], ["choices"], ["response", "choices"], ["body", "choices"]];

/** Where the prompt's messages stand beside choices. */
const promptPaths: readonly FieldPath[] = [
  ["request", "body", "messages"],
  ["body", "messages"],
  ["request", "messages"],
  ["messages"],
  ["prompt"],
  ["input"],
];

const isChoices = (value: Json | undefined): value is readonly JsonObject[] =>
  isArray(value) && value.length > 0 && value.every((item) => isObject(item) && isObject(item.message));

const messagesIn = (record: JsonObject): { messages: readonly Json[]; path: FieldPath } | undefined => {
  for (const path of messagePaths) {
    const messages = at(record, path);
    if (isMessages(messages)) return { messages, path };
  }
  return undefined;
};

const isFromAssistant = (message: Json): boolean =>
  isObject(message) &&
  ["assistant", "gpt", "model"].includes(String(message.role ?? message.from ?? (message.type === "reasoning" ? "assistant" : "")));

function readChoices(record: JsonObject, context: ImportContext): Trace[] {
  const path = choicePaths.find((candidate) => isChoices(at(record, candidate)));
  const choices = path && at(record, path);
  if (!path || !isArray(choices)) return [];
  const facts = readFacts(record, context);
  const prompt = promptPaths.map((candidate) => at(record, candidate)).find((value) => isMessages(value));
  const asked = prompt && isArray(prompt) ? traceOfMessages(context, facts, prompt, []) : undefined;
  const known = { ...facts, question: asked?.question ?? facts.question, system: facts.system ?? asked?.system };
  const traces = choices.map((choice, i) => traceOfAnswer(context, known, choice, [...path, i]));
  return numbered(traces.filter((trace) => trace !== undefined));
}

/** Chats: `messages`, `conversations`, chat completions. */
export const chat: Importer = {
  id: "chat",
  title: "Chat messages",
  sniff(record) {
    if (choicePaths.some((path) => isChoices(at(record, path)))) return 0.92;
    const found = messagesIn(record);
    if (!found) return 0;
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
    return [traceOfMessages(context, known, found.messages, found.path, { answerField: readAnswerField(record) })];
  },
};
