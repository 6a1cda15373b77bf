/** Names of fields that hold several answers to one question, as data; see `fields.ts`. */

/** Arrays whose items are several answers to one question. */
export const rolloutNames = [
  "responses",
  "generations",
  "samples",
  "completions",
  "outputs",
  "rollouts",
  "candidates",
  "solutions",
  "model_outputs",
  "model_responses",
  "predictions",
  "generated_responses",
  "answers",
  "ys",
  "code",
  "output",
  "response",
  "completion",
  "generation",
  "model_output",
  "resps",
  "choices",
] as const;

/** Arrays beside the rollouts that hold one verdict an item. */
export const rolloutVerdictNames = [
  "score",
  "scores",
  "is_correct",
  "is_corrects",
  "correct",
  "correctness",
  "correctness_math_verify",
  "correctness_llama",
  "labels",
  "rewards",
  "passed",
  "infos",
  "acc",
] as const;

/** Arrays beside the rollouts that hold one short answer an item. */
export const rolloutAnswerNames = [
  "pred",
  "preds",
  "predictions",
  "extracted_answers",
  "parsed_answers",
  "filtered_resps",
  "final_answers",
] as const;

/** Arrays beside the rollouts that hold one finish reason an item. */
export const rolloutFinishNames = ["finish_reasons", "finish_reason", "stop_reasons"] as const;

/** Fields of a pair, with the variant each makes. The first field that exists in each pair's two lists decides. */
export const pairNames: readonly (readonly [string, string])[] = [
  ["chosen", "rejected"],
  ["chosen_response", "rejected_response"],
  ["positive", "negative"],
  ["positive_response", "negative_response"],
  ["response_chosen", "response_rejected"],
  ["teacher_response", "student_response"],
  ["teacher_output", "student_output"],
  ["teacher_reasoning", "student_reasoning"],
  ["teacher_trace", "student_trace"],
  ["teacher_cot", "student_cot"],
  ["teacher_solution", "student_solution"],
  ["teacher_answer", "student_answer"],
  ["teacher", "student"],
  ["forward", "backward"],
  ["forward_reasoning", "backward_reasoning"],
  ["long_cot", "short_cot"],
  ["original_solution", "modified_solution"],
  ["original_response", "modified_response"],
  ["original", "revised"],
  ["response_before", "response_after"],
  ["before", "after"],
];
