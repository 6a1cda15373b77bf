import type { Flag, RuleId } from "../analysis";
import type { FlagContext } from "./context";

/** One rule: what it marks, in words, and how it finds it. */
export interface FlagRule {
  readonly id: RuleId;
  /** A few words for chips, menus and tables. */
  readonly title: string;
  /** One or two sentences: what is marked and by what evidence. */
  readonly description: string;
  /** Marks redundant reasoning: counts, hatching and folding use it. */
  readonly redundant: boolean;
  /** Says that the record is incomplete or at odds with itself. */
  readonly integrity: boolean;
  /** Flags in text order; none when nothing is found. Never throws. */
  find(context: FlagContext): Flag[];
}
