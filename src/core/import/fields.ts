/**
 * Names that record fields have in the wild, as data: each list in order of preference. A name is compared without case, spaces, "_" and "-";
 * dots go into nested objects (`info.think_content`).
 */

export const questionNames = [
  "question",
  "problem",
  "instruction",
  "query",
  "prompt",
  "input",
  "problem_statement",
  "task_prompt",
  "user_prompt",
  "modified_question",
  "original_question",
  "doc.question",
  "doc.problem",
  "doc.query",
  "doc.prompt",
  "question.problem",
  "question.question",
  "question.text",
  "item.question",
  "metadata.question",
  "info.question",
  "body.prompt",
] as const;

/** Keys of strings that are probably the question, where no {@link questionNames} field is there, and endings that say otherwise. */
export const probablyQuestion = /question|problem|prompt|query|instruction|puzzle/i;
export const notText =
  /(?:id|ids|type|name|tokens?|count|length|len|num|source|category|template|format|hash|level|url|path|index|idx|date|time|version)$/i;

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

/** Reference answers, short ones before whole solutions. */
export const referenceNames = [
  "ground_truth",
  "ground_truth_answer",
  "ground_true_answer",
  "expected_answer",
  "reference_answer",
  "gold_answer",
  "gold_standard_solution",
  "ref_answer",
  "true_answer",
  "verified_answer",
  "gold",
  "gt",
  "gt_answer",
  "correct_answer",
  "target_answer",
  "target",
  "reference",
  "answer",
  "final_answer",
  "label_answer",
  "answer_key",
  "info.reference_answer",
  "doc.answer",
  "doc.target",
  "question.ground_truth_answer",
  "reward_model.ground_truth",
  "metadata.answer",
  "metadata.ground_truth",
  "standard_answer",
  "reference_solution",
  "ground_truth_solution",
  "solution",
  "gt_cot",
  "question.ground_truth_solution",
  "doc.solution",
] as const;

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

export const verdictNames = [
  "is_correct",
  "correct",
  "correctness",
  "exact_match",
  "verify_score",
  "final_answer_correct",
  "final_answer_correctness",
  "answer_correctness",
  "passed",
  "is_right",
  "acc",
  "accuracy",
  "score",
  "reward",
  "info.verify_score",
] as const;

export const modelNames = [
  "model",
  "model_name",
  "model_id",
  "model_path",
  "teacher_model",
  "generation_model",
  "teacher",
  "generator",
  "llm",
  "response_model",
  "metadata.model",
  "meta.model",
  "info.model",
  "eval.model",
  "response.body.model",
  "body.model",
  "message.model",
  "replay_config.agent.model.name",
] as const;

/** Fields that name a model in some records and a data set in others: taken only when the value looks like a model. */
export const maybeModelNames = ["source", "info.source", "author", "agent"] as const;

/** Model families; a `source` field names a model when one of these starts a word in it. */
export const modelWords =
  /(?:^|[^a-z])(?:gpt|o1|o3|o4|claude|gemini|gemma|deepseek|qwen|qwq|llama|mistral|magistral|mixtral|phi|glm|kimi|grok|sky-t1|marco-o1|command-r|nemotron|minimax|internlm|olmo)(?:$|[^a-z])/i;

export const idNames = [
  "id",
  "uuid",
  "idx",
  "item_id",
  "task_id",
  "problem_id",
  "unique_id",
  "custom_id",
  "sample_id",
  "question_id",
  "example_id",
  "instance_id",
  "record_id",
  "doc_id",
  "qid",
  "index",
  "session_id",
  "metadata.id",
  "info.instance_id",
  "replay_config.problem_statement.id",
  "hash",
] as const;

/** Category and number that together name a record without an id. */
export const categoryNames = ["subject", "category", "type", "topic", "task", "dataset", "split"] as const;
export const numberNames = ["number", "no", "num", "n", "problem_number", "question_number"] as const;

export const systemNames = ["system", "system_prompt", "system_message"] as const;

/** Token counts of the thinking. */
export const tokenNames = [
  "reasoning_token_count",
  "thinking_token_count",
  "trace_token_count",
  "thinking_tokens",
  "num_reasoning_tokens",
  "reasoning_tokens",
  "think_tokens",
  "usage.completion_tokens_details.reasoning_tokens",
  "usage.reasoning_tokens",
  "output.usage.reasoning_tokens",
  "response.body.usage.completion_tokens_details.reasoning_tokens",
] as const;

/** Fields that say why generation stopped. */
export const finishNames = [
  "finish_reason",
  "stop_reason",
  "finishreason",
  "label.finish_reason",
  "metadata.finish_reason",
  "message.stop_reason",
] as const;

/** Values of {@link finishNames} that mean the limit was reached. */
export const cutOffValues: readonly string[] = ["length", "max_tokens", "max_length", "token_limit", "model_length"];

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
];
