/** Find in the open trace at once, and in the file a moment later: what is looked for, what was found, which match is the current one. */
import type { ViewInfo } from "../../src/protocol/engine";
import type { Model } from "../state/model";
import { stepTokenStarts } from "../strip/layout";
import { type FindQuery, type FindResult, findInTrace, matchAfter } from "./find";
import { FindInFile } from "./findInFile";
import { firstStepAt } from "./rows";

const nothingSought: FindQuery = { text: "", matchCase: false, word: false, regex: false };
/** Marks on the strip at most. */
const mostMarks = 400;

/** The state of the find field. `changed` is called whenever it differs. */
export class TraceFind {
  open = false;
  query = nothingSought;
  found: FindResult = { matches: [], more: false };
  /** Index of the match that is shown, −1 for none. */
  current = -1;
  /** Places of the matches on the strip, in tokens, thinned to what can be told apart. */
  hitTokens: readonly number[] = [];
  /** Records of the file with a match. */
  inFile: ViewInfo | undefined;
  private fileFinder: FindInFile | undefined;

  constructor(
    private readonly model: () => Model,
    private readonly changed: () => void,
  ) {}

  /** Opens the field. */
  show(): void {
    this.open = true;
    this.changed();
  }

  /** Closes the field and forgets what was found; false when it was not open. */
  close(): boolean {
    if (!this.open) return false;
    this.open = false;
    this.search(nothingSought);
    return true;
  }

  /** Looks for something else. */
  search(query: FindQuery): void {
    this.searchTrace(query);
    this.fileFinder ??= new FindInFile(this.model().host, (found) => {
      this.inFile = found;
      this.changed();
    });
    this.fileFinder.search(query);
  }

  /** Looks for the same in another trace. */
  traceChanged(): void {
    if (this.query.text !== "") this.searchTrace(this.query);
  }

  /** Goes to the next (+1) or previous (−1) match. */
  move(by: number): void {
    const total = this.found.matches.length;
    if (total === 0) return;
    this.current = (this.current + by + total) % total;
    this.changed();
  }

  /** Opens the next (+1) or previous (−1) record with a match. */
  async moveRecord(by: 1 | -1): Promise<void> {
    const model = this.model();
    const ref = await this.fileFinder?.move(by, model.state.ref?.record ?? -1);
    if (ref) await model.open(ref);
  }

  private searchTrace(query: FindQuery): void {
    const { trace, analysis, state } = this.model();
    this.query = query;
    this.found = trace ? findInTrace(trace.trace, query) : { matches: [], more: false };
    this.hitTokens = this.matchTokens();
    const from = analysis?.steps[state.step ?? 0]?.start ?? 0;
    this.current = this.found.matches.length > 0 ? matchAfter(this.found.matches, from) : -1;
    this.changed();
  }

  private matchTokens(): number[] {
    const { analysis } = this.model();
    if (!analysis || this.found.matches.length === 0) return [];
    const starts = stepTokenStarts(analysis);
    const inText = this.found.matches.filter((match) => match.field === undefined);
    const every = Math.max(1, Math.ceil(inText.length / mostMarks));
    return inText
      .filter((_, index) => index % every === 0)
      .map((match) => {
        const at = firstStepAt(analysis, match.start);
        const step = analysis.steps[at];
        const share = step && step.end > step.start ? (match.start - step.start) / (step.end - step.start) : 0;
        return (starts[at] ?? 0) + (step?.tokens ?? 0) * share;
      });
  }
}
