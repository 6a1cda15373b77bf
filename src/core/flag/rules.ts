import type { RuleId } from "../analysis";
import { answerMismatch, emptyThink, multipleFinal, truncated, unclosedThink } from "./integrity";
import { languageMixing } from "./languageMixing";
import { loop } from "./loop";
import { noProgress } from "./noProgress";
import { premise } from "./premise";
import { repeat } from "./repeat";
import { restate } from "./restate";
import { reverify } from "./reverify";
import type { FlagRule } from "./rule";
import { switchEarly } from "./switchEarly";

/** Every rule, in the order in which flags on one step are shown. */
export const flagRules: readonly FlagRule[] = [
  restate,
  repeat,
  reverify,
  loop,
  premise,
  switchEarly,
  noProgress,
  unclosedThink,
  truncated,
  answerMismatch,
  multipleFinal,
  emptyThink,
  languageMixing,
];

/** Rules that are off unless asked for. */
export const rulesOffByDefault: readonly RuleId[] = ["no-progress"];
