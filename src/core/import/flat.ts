import { place } from "./access";
import { readFacts, readQuestion } from "./facts";
import type { Importer } from "./importer";
import { findOutput, readAnswerField, traceOfOutput, usesField } from "./output";

/** Question, reasoning and answer in fields of one object. */
export const flat: Importer = {
  id: "flat",
  title: "Question and response",
  sniff(record) {
    const output = findOutput(record);
    if (!output) return 0;
    if (output.weak) return 0.3;
    return (output.reasoning ? 0.7 : 0.6) + (readQuestion(record) === undefined ? 0 : 0.1);
  },
  read(record, context) {
    const output = findOutput(record);
    if (!output) return [];
    const facts = readFacts(record, context, (path) => usesField(output, path));
    // Missing-premise sets keep the whole question beside the one that was asked.
    const asked = output.weak ? undefined : place(record, "insufficient_question")?.value;
    const question = typeof asked === "string" && asked !== "" ? asked : facts.question;
    const variant = question === facts.question ? undefined : "insufficient_question";
    const trace = traceOfOutput(context, { ...facts, question }, output, [], { variant, answerField: readAnswerField(record) });
    return [trace];
  },
};
