/**
 * Names that record fields have in the wild, as data: each list in order of preference. A name is compared without case, spaces, "_" and "-";
 * dots go into nested objects (`info.think_content`). Here: what is known of a record besides its reasoning.
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
