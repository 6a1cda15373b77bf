import { analyze } from "./analyze";
import { equivalent } from "./answer/equivalent";
import { compareTraces } from "./compare/compareTraces";
import { meaningOf } from "./compare/measures";
import { diffJson } from "./export/diffJson";
import { openPage } from "./export/pairHtml";
import { pairPatch } from "./export/pairPatch";

/** What takes traces apart, compares them and writes that down. */
export interface Analyst {
  readonly analyze: typeof analyze;
  readonly compareTraces: typeof compareTraces;
  readonly meaningOf: typeof meaningOf;
  readonly equivalent: typeof equivalent;
  readonly diffJson: typeof diffJson;
  readonly pairPatch: typeof pairPatch;
  readonly openPage: typeof openPage;
}

/** The one there is. It is most of the code and prepares tables, so a session loads it only when something is to be analysed. */
export const analyst: Analyst = { analyze, compareTraces, meaningOf, equivalent, diffJson, pairPatch, openPage };
