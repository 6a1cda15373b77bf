/** The numbers in the steps of two traces: a calculation that one side does in one step is known by them in the several steps of the other. */

/** A step calculates when it has at least this many numbers; it does what another does when at least this share of them stands there too. */
const leastFigures = 2;
const leastShared = 0.6;

const figureShape = /\d+(?:\.\d+)?/g;

/** Numbers of the steps of one side, read when first asked for. */
export class StepFigures {
  private readonly known = new Map<number, ReadonlySet<string>>();

  constructor(private readonly keys: readonly string[]) {}

  /** Distinct numbers of a step, as they are spelled. */
  of(step: number): ReadonlySet<string> {
    const known = this.known.get(step);
    if (known) return known;
    const found = new Set(this.keys[step]?.match(figureShape) ?? []);
    this.known.set(step, found);
    return found;
  }

  /** Distinct numbers of the steps `[from, end)`. */
  ofRun(from: number, end: number): ReadonlySet<string> {
    const all = new Set<string>();
    for (let step = from; step < end; step += 1) for (const figure of this.of(step)) all.add(figure);
    return all;
  }
}

/** True when a step's numbers stand in the whole too. A step with fewer than two has none to speak of. */
export function isPartOf(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return part.size < leastFigures || [...part].filter((figure) => whole.has(figure)).length >= leastShared * part.size;
}

/** Numbers of two digits or more, or with a point: smaller ones stand everywhere. */
const isTelling = (figure: string): boolean => figure.length > 1;

/** True when a step that calculates adds to a run a number of the whole that the run does not have; a small one counts only where the step has an equation. */
export function addsTo(run: ReadonlySet<string>, part: ReadonlySet<string>, whole: ReadonlySet<string>, equation: boolean): boolean {
  if (part.size < leastFigures || !isPartOf(part, whole)) return false;
  return [...part].some((figure) => whole.has(figure) && !run.has(figure) && (equation || isTelling(figure)));
}
