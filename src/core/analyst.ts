import { analyze } from "./analyze";
import { equivalent } from "./answer/equivalent";
import { compareTraces } from "./compare/compareTraces";
import { diffJson } from "./export/diffJson";

/** What takes traces apart, compares them and writes that down. */
export interface Analyst {
  readonly analyze: typeof analyze;
  readonly compareTraces: typeof compareTraces;
  readonly equivalent: typeof equivalent;
  readonly diffJson: typeof diffJson;
}

/** The one there is. It is most of the code and prepares tables, so a session loads it only when something is to be analysed. */
export const analyst: Analyst = { analyze, compareTraces, equivalent, diffJson };
