/** Names of step lists, of what a step carries, and of the fields beside a list that speak about its steps. */

/** Lists of steps; the variant is set where a record has the list twice. */
export const stepListNames: readonly { readonly name: string; readonly variant?: string }[] = [
  { name: "original_process", variant: "original" },
  { name: "modified_process", variant: "modified" },
  { name: "label.steps" },
  { name: "steps" },
  { name: "solution_steps" },
  { name: "reasoning_steps" },
  { name: "step_list" },
  { name: "process" },
  { name: "chunks" },
  { name: "sentences" },
  { name: "reasoning_chunks" },
  { name: "reasoning" },
  { name: "rationale" },
  { name: "thoughts" },
  { name: "chain_of_thought" },
  { name: "cot" },
];

/** Text of a step that is an object. */
export const stepTextNames = ["text", "step", "content", "chunk", "sentence", "thought", "explanation", "value", "body"] as const;

/** Label of a step that is an object. */
export const stepLabelNames = ["label", "function_tags", "tags", "type", "function", "category", "name"] as const;

/** Score of a step that is an object. */
export const stepRatingNames = ["rating", "score", "reward", "value"] as const;

/** The step's own verdict. */
export const stepVerdictNames = ["is_correct", "correct", "correctness"] as const;

/** 0-based index of the first wrong step; −1 or null where none is (ProcessBench `label`, BIG-Bench Mistake `mistake_index`). */
export const firstErrorNames = ["label", "mistake_index", "error_index", "first_error_index", "first_error_step"] as const;

/** 1-based numbers of the wrong steps of the modified process (PRMBench). */
export const errorStepNames = ["error_steps"] as const;

/** Lists beside the steps with one entry a step. */
export const stepListLabels = ["labels", "step_labels", "rating", "ratings", "step_ratings", "function_tags"] as const;
export const stepListScores = ["step_scores", "step_rewards", "rewards", "scores", "step_reward", "prm_scores"] as const;
