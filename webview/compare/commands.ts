/** Commands of the palette and keys, as Compare carries them out. A command that is not here is left to the rest of the view. */
import { indicesOf } from "../../src/core/compare/traceDiff";
import type { Comparison } from "../../src/protocol/engine";
import type { HostRequests, ViewCommand } from "../../src/protocol/host";
import type { AlignedRows } from "./alignedRows";
import { type CompareRow, differences, positionOf, stepRowOf } from "./compareRows";
import type { PairFinder } from "./finder";
import type { HandMatching } from "./handMatching";
import type { PairSession } from "./pairSession";
import type { RowColumn } from "./rowColumn";
import { rowFlags } from "./rowViews";

/** What commands act on. */
export interface CommandTarget {
  readonly host: Pick<HostRequests, "askNumber" | "copy">;
  readonly rows: AlignedRows;
  readonly session: PairSession | undefined;
  readonly column: RowColumn | undefined;
  readonly finder: PairFinder;
  readonly hand: HandMatching;
  readonly pair: Comparison | undefined;
  changed(): void;
  goToStepRow(stepRow: number, align: "auto"): void;
  toggleRaw(): void;
  toggleFold(): void;
  toggleAnswers(): void;
  openEvidence(flag: string | undefined): void;
  closeTop(): boolean;
}

type Commands = Readonly<Partial<Record<ViewCommand, (view: CommandTarget) => boolean>>>;

/** What each command does; every entry returns true when it was carried out. */
export const compareCommands: Commands = {
  nextStep: (view) => move(view, 1, () => true),
  previousStep: (view) => move(view, -1, () => true),
  nextUnit: (view) => move(view, 1, isUnits),
  previousUnit: (view) => move(view, -1, isUnits),
  nextFlag: (view) => moveAmong(view, differing(view), 1),
  previousFlag: (view) => moveAmong(view, differing(view), -1),
  nextAnswer: (view) => moveAmong(view, answerRows(view), 1),
  previousAnswer: (view) => moveAmong(view, answerRows(view), -1),
  firstAnswer: (view) => goTo(view, answerRows(view)[0]),
  firstStep: (view) => select(view, 0),
  lastStep: (view) => select(view, view.rows.rows.length - 1),
  goToStep: run((view) => void askStep(view)),
  nextRecord: run((view) => view.session?.stepPair(1)),
  previousRecord: run((view) => view.session?.stepPair(-1)),
  toggleRaw: run((view) => view.toggleRaw()),
  toggleUnit: run(toggleUnit),
  foldRedundant: run((view) => view.toggleFold()),
  showEvidence: (view) => showEvidence(view),
  sameQuestion: run((view) => view.toggleAnswers()),
  find: run((view) => view.finder.show()),
  findNext: run((view) => view.finder.move(1)),
  findPrevious: run((view) => view.finder.move(-1)),
  swapSides: run((view) => view.session?.swap()),
  otherSide: run((view) => {
    view.rows.side = view.rows.side === "teacher" ? "student" : "teacher";
    view.changed();
  }),
  breakMatch: (view) => view.hand.breakSelected(),
  setMatch: (view) => view.hand.setSelected(),
  undoCorrection: run((view) => view.session?.undo()),
  copyStep: (view) => copy(view, "step"),
  copyUnit: (view) => copy(view, "unit"),
  escape: (view) => view.closeTop(),
};

const isUnits = (row: CompareRow): boolean => row.kind === "units" || row.kind === "lone-units";

const differing = (view: CommandTarget): readonly number[] => (view.rows.aligned ? differences(view.rows.aligned.diff) : []);

/** A command that always succeeds. */
function run(act: (view: CommandTarget) => void): (view: CommandTarget) => boolean {
  return (view) => {
    act(view);
    return true;
  };
}

function select(view: CommandTarget, position: number): boolean {
  view.column?.select(position);
  return true;
}

function goTo(view: CommandTarget, stepRow: number | undefined): boolean {
  if (stepRow !== undefined) view.goToStepRow(stepRow, "auto");
  return true;
}

function move(view: CommandTarget, by: 1 | -1, wanted: (row: CompareRow) => boolean): boolean {
  const { rows, position: start } = view.rows;
  let position = start + by;
  while (position >= 0 && position < rows.length) {
    const row = rows[position];
    if (row && row.kind !== "divergence" && wanted(row)) return select(view, position);
    position += by;
  }
  return true;
}

/** Step rows that the selected row shows or hides, ascending; none before any selection. */
function stepRowsOf(view: CommandTarget): readonly number[] {
  const row = view.rows.selectedRow;
  const steps = view.rows.aligned?.diff.steps ?? [];
  if (!row || row.kind === "divergence") return [];
  if (row.kind === "step" || row.kind === "moved-from") return [row.stepRow];
  if (row.kind === "fold") return row.stepRows;
  const [first, end] = row.kind === "units" ? [row.unitRow, row.unitRow + 1] : [row.firstUnitRow, row.endUnitRow];
  const inside = steps.flatMap((step, index) => (step.unitRow >= first && step.unitRow < end ? [index] : []));
  // An open unit's header shows none of its steps: they follow it.
  return row.kind === "units" && !row.folded ? inside.slice(0, 1).map((step) => step - 0.5) : inside;
}

/** Selects the row that shows or hides the next of some step rows; what is folded stays folded. */
function moveAmong(view: CommandTarget, stepRows: readonly number[], by: 1 | -1): boolean {
  const here = stepRowsOf(view);
  const target =
    by > 0 ? stepRows.find((row) => row > (here.at(-1) ?? -1)) : stepRows.findLast((row) => row < (here[0] ?? Number.POSITIVE_INFINITY));
  const { aligned, rows } = view.rows;
  if (target !== undefined && aligned) view.column?.select(positionOf(rows, aligned.diff, target));
  return true;
}

/** Step rows that state an answer on either side, ascending. */
function answerRows(view: CommandTarget): number[] {
  const { aligned } = view.rows;
  if (!aligned) return [];
  const teacher = new Set(aligned.teacher.candidates.map((candidate) => candidate.step));
  const student = new Set(aligned.student.candidates.map((candidate) => candidate.step));
  return aligned.diff.steps.flatMap((row, index) =>
    indicesOf(row, "teacher").some((step) => teacher.has(step)) || indicesOf(row, "student").some((step) => student.has(step))
      ? [index]
      : [],
  );
}

async function askStep(view: CommandTarget): Promise<void> {
  const { aligned, side } = view.rows;
  if (!aligned) return;
  const number = await view.host.askNumber(`Step of the ${side}`, aligned[side].steps.length);
  if (number !== undefined) goTo(view, stepRowOf(aligned.diff, side, number - 1));
}

function toggleUnit(view: CommandTarget): void {
  const { selectedRow: row, aligned } = view.rows;
  if (!row) return;
  if (row.kind === "fold" || row.kind === "units" || row.kind === "lone-units") view.rows.toggle(row.key);
  else if (row.kind === "step") view.rows.toggle(`u${aligned?.diff.steps[row.stepRow]?.unitRow ?? 0}`);
  view.changed();
}

/** Opens the evidence of the selected row's flags one after the other, then closes it. */
function showEvidence(view: CommandTarget): boolean {
  const { selectedRow: row, aligned, side, openFlag } = view.rows;
  const flags = aligned && row ? rowFlags(aligned, row, side) : [];
  const keys = flags.map(({ side, at }) => `${side}${at}`);
  view.openEvidence(keys[keys.indexOf(openFlag ?? "") + 1]);
  return true;
}

function copy(view: CommandTarget, level: "step" | "unit"): boolean {
  const { pair } = view;
  const { aligned, side } = view.rows;
  const row = aligned?.diff.steps[Math.ceil(stepRowsOf(view)[0] ?? -1)];
  const analysis = aligned?.[side];
  const steps = indicesOf(row, side).flatMap((step) => analysis?.steps[step] ?? []);
  const spans = level === "step" ? steps : steps.slice(0, 1).flatMap((step) => analysis?.units[step.unit] ?? []);
  const [first, last] = [spans[0], spans.at(-1)];
  if (first && last && pair) void view.host.copy(pair[side].trace.text.slice(first.start, last.end));
  return true;
}
