import type { FieldPath, Json, JsonObject, Trace } from "../trace";
import { displayText, firstOf, isArray, isObject, type Place, scalarText } from "./access";
import { isMessages } from "./conversation";
import { type Facts, isCutOff, readVerdict } from "./facts";
import type { ImportContext } from "./importer";
import type { Extra } from "./makeTrace";
import { numbered } from "./makeTrace";
import { traceOfAnswer } from "./output";
import { rolloutAnswerNames, rolloutFinishNames, rolloutNames, rolloutVerdictNames } from "./severalFields";

/** Is this a list of answers: texts, or objects that hold text, and no list of messages? */
function isAnswers(value: Json): value is readonly Json[] {
  if (!isArray(value) || value.length === 0 || isMessages(value)) return false;
  const long = (item: Json): boolean =>
    typeof item === "string" || (isArray(item) && item.length > 0 && item.every((inner) => typeof inner === "string")) || isMessages(item);
  return value.every((item) => long(item) || isAnswerObject(item));
}

const answerKeys = [
  "content",
  "text",
  "response",
  "output",
  "solution",
  "completion",
  "generation",
  "message",
  "messages",
  "generated_text",
  "answer",
];
const isAnswerObject = (item: Json): boolean =>
  isObject(item) && answerKeys.some((key) => typeof item[key] === "string" || isObject(item[key]) || isArray(item[key]));

/** The record's list of answers. */
export function findAnswers(record: JsonObject): Place | undefined {
  return firstOf(record, rolloutNames, (found) => (isAnswers(found.value) ? found : undefined));
}

const parallel = (record: JsonObject, names: readonly string[], count: number, skip: FieldPath): readonly Json[] | undefined =>
  firstOf(
    record,
    names,
    ({ value }) => (isArray(value) && value.length === count ? value : undefined),
    (path) => path[0] === skip[0],
  );

/** One trace an answer, with the verdict, short answer and finish reason that parallel lists give it. */
export function tracesOfAnswers(context: ImportContext, facts: Facts, record: JsonObject, answers: Place): Trace[] {
  const items = isArray(answers.value) ? flatten(answers.value, answers.path) : [];
  const lists = {
    verdicts: parallel(record, rolloutVerdictNames, items.length, answers.path),
    answers: parallel(record, rolloutAnswerNames, items.length, answers.path),
    finish: parallel(record, rolloutFinishNames, items.length, answers.path),
  };
  const traces = items.map(({ value, path }, i) => {
    const finish = scalarText(lists.finish?.[i]);
    const own: Facts = {
      ...facts,
      recordedCorrect: lists.verdicts ? readVerdict(lists.verdicts[i]) : items.length === 1 ? facts.recordedCorrect : undefined,
      cutOff: finish === undefined ? facts.cutOff : isCutOff(finish),
    };
    const extra: Extra = { answerField: displayText(lists.answers?.[i]) };
    return traceOfAnswer(context, own, value, path, extra);
  });
  return numbered(traces.filter((trace) => trace !== undefined));
}

/** Lists of lists (one list a prompt) become one list. */
function flatten(items: readonly Json[], path: FieldPath): Place[] {
  return items.flatMap((value, i) =>
    isArray(value) && !isMessages(value) ? flatten(value, [...path, i]) : [{ value, path: [...path, i] }],
  );
}
