import type { JsonObject } from "../trace";
import { firstOf, isObject, type Place, place, samePath } from "./access";
import { readFacts, readQuestion } from "./facts";
import type { Importer } from "./importer";
import { findOutput, readAnswerField, traceOfAnswer, traceOfOutput, usesField } from "./output";
import { nestedNames } from "./outputFields";

/** A field whose value is an object with reasoning or a response of its own. */
function nestedAnswer(record: JsonObject): Place | undefined {
  return firstOf(record, nestedNames, (found) => {
    const output = isObject(found.value) ? findOutput(found.value) : undefined;
    return output && !output.weak ? found : undefined;
  });
}

/** Question, reasoning and answer in fields of one object. */
export const flat: Importer = {
  id: "flat",
  title: "Question and response",
  sniff(record) {
    const output = findOutput(record);
    if (nestedAnswer(record) && (!output || output.weak)) return 0.6;
    if (!output) return 0;
    if (output.weak) return 0.3;
    return (output.reasoning ? 0.7 : 0.6) + (readQuestion(record) === undefined ? 0 : 0.1);
  },
  read(record, context) {
    const output = findOutput(record);
    const nested = !output || output.weak ? nestedAnswer(record) : undefined;
    if (nested) {
      const facts = readFacts(record, context, (path) => samePath(path, nested.path));
      const trace = traceOfAnswer(context, facts, nested.value, nested.path, { answerField: readAnswerField(record) });
      if (trace) return [trace];
    }
    if (!output) return [];
    const facts = readFacts(record, context, (path) => usesField(output, path));
    // Missing-premise sets keep the whole question beside the one that was asked.
    const asked = output.weak ? undefined : place(record, "insufficient_question")?.value;
    const question = typeof asked === "string" && asked !== "" ? asked : facts.question;
    // Without a model it would stand where the model's name does.
    const variant = facts.model === undefined || question === facts.question ? undefined : "insufficient_question";
    const trace = traceOfOutput(context, { ...facts, question }, output, [], { variant, answerField: readAnswerField(record) });
    return [trace];
  },
};
