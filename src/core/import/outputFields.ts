/** Names of fields that hold reasoning, responses and answers, as data; see `fields.ts`. */

/** Keys of strings that are probably an output, where none of the names fits. */
export const probablyOutput =
  /response|output|completion|generat|reason|think|thought|cot|rationale|solution|trajectory|trace|explanation/i;

/** Values that say whether there is reasoning and are none. */
export const reasoningFlags: readonly string[] = ["on", "off", "true", "false", "yes", "no", "low", "medium", "high", "none", "null"];

/** Fields whose value may be an object that holds reasoning and response. */
export const nestedNames = [
  "response",
  "output",
  "completion",
  "generation",
  "result",
  "prediction",
  "model_output",
  "message",
  "answer",
  "data",
] as const;

/** Whole outputs: reasoning and answer in one text. */
export const responseNames = [
  "full_response",
  "model_response",
  "model_output",
  "model_answer",
  "llm_response",
  "raw_response",
  "raw_output",
  "generated_text",
  "generated_solution",
  "generated_answer",
  "response",
  "output",
  "completion",
  "generation",
  "model_solution",
  "prediction_text",
  "full_text",
  "trace",
  "body.response",
  "result.output",
] as const;

/** The chain of thought in a field of its own. */
export const reasoningNames = [
  "reasoning_trace",
  "reasoning_content",
  "reasoning",
  "complex_cot",
  "think_content",
  "thinking",
  "thinking_content",
  "thinking_trajectory",
  "deepseek_reasoning",
  "model_reasoning",
  "chain_of_thought",
  "long_cot",
  "cot",
  "rationale",
  "rationales",
  "think",
  "thought",
  "thoughts",
  "info.think_content",
  "message.reasoning_content",
  "message.reasoning",
] as const;

/** The shown answer beside a {@link reasoningNames} field. */
export const answerTextNames = [
  "answer_text",
  "answer_content",
  "response",
  "model_answer",
  "model_output",
  "output",
  "completion",
  "generation",
  "deepseek_answer",
  "deepseek_solution",
  "final_response",
  "info.answer_content",
  "message.content",
  "content",
  "answer",
  "solution",
  "final_answer",
] as const;

/** Written-out solutions that are the trace itself when a record has nothing else. */
export const solutionNames = ["solution", "generated_solutions", "cot_answer", "gt_cot", "answer", "text"] as const;

/** The model's short answer in a field of its own. */
export const answerFieldNames = [
  "extracted_answer",
  "pred",
  "prediction",
  "predicted_answer",
  "model_prediction",
  "parsed_answer",
  "extracted_pred",
  "final_pred",
  "pred_answer",
] as const;
