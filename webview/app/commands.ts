/** What each command does in the Inspect view. One table; the commands come from the palette and the contributed keybindings. */
import type { Analysis } from "../../src/core/analysis";
import type { SortKey } from "../../src/protocol/engine";
import type { ViewCommand } from "../../src/protocol/host";
import { pairWithStudent } from "../compare/pairing";
import type { Model } from "../state/model";
import { flagsOf, isUnitFolded } from "../trace/rows";
import type { TraceView } from "../trace/traceView";
import { setLabel } from "./setLabel";

/** What commands may reach. */
export interface CommandContext {
  readonly model: Model;
  readonly view: TraceView | null;
  focusQuery(): void;
  focusList(): void;
  showView(view: "inspect" | "compare"): void;
  toggleKeys(): void;
  /** Closes the topmost overlay or leaves a field; false when there was nothing to close. */
  escape(): boolean;
}

type Command = (context: CommandContext) => void;

const step = (context: CommandContext): number => context.model.state.step ?? 0;

const moveStep =
  (by: number): Command =>
  (context) => {
    const { model } = context;
    const last = (model.analysis?.steps.length ?? 0) - 1;
    model.goToStep(Math.min(Math.max(0, visibleStep(model, step(context), by)), last));
  };

/** The next step that is on show: a folded unit counts as one stop. */
function visibleStep(model: Model, from: number, by: number): number {
  const { analysis, folds } = model;
  const unit = analysis?.steps[from]?.unit;
  if (!analysis || unit === undefined || !isUnitFolded(analysis, folds, unit)) return from + by;
  const shown = analysis.units[unit];
  return by > 0 ? (shown?.endStep ?? from + 1) : (shown?.firstStep ?? from) - 1;
}

const moveUnit =
  (by: number): Command =>
  ({ model }) => {
    const unit = (model.state.unit ?? 0) + by;
    if (model.analysis?.units[unit]) model.goToUnit(unit);
  };

/** Next or previous of some steps, given ascending. */
const moveAmong =
  (by: 1 | -1, stepsOf: (analysis: Analysis) => readonly number[]): Command =>
  (context) => {
    const { model, view } = context;
    if (!model.analysis) return;
    const steps = stepsOf(model.analysis);
    const now = step(context);
    const target = by > 0 ? steps.find((index) => index > now) : steps.findLast((index) => index < now);
    if (target === undefined) return;
    view?.reader?.reveal(target);
    model.goToStep(target);
  };

const flaggedSteps = (analysis: Analysis): number[] =>
  [...new Set(analysis.flags.map((flag) => (flag.level === "step" ? flag.index : (analysis.units[flag.index]?.firstStep ?? 0))))].sort(
    (a, b) => a - b,
  );

const answerSteps = (analysis: Analysis): number[] =>
  [...new Set(analysis.candidates.map((candidate) => candidate.step))].sort((a, b) => a - b);

/** Index of the flag that the selected step, else its unit, carries. */
function flagHere({ model }: CommandContext): number | undefined {
  const { analysis, state } = model;
  if (!analysis) return undefined;
  const own = flagsOf(analysis, "step", state.step ?? 0)[0] ?? flagsOf(analysis, "unit", state.unit ?? 0)[0];
  return own?.at;
}

const moveRecord =
  (by: number): Command =>
  ({ model }) =>
    void model.openAt(model.list.position + by);

/** Source of a stretch of the text as Markdown: it is Markdown as it stands. */
function copySpan({ model }: CommandContext, span: { readonly start: number; readonly end: number } | undefined): void {
  const text = model.trace?.trace.text;
  if (span && text !== undefined) void model.host.copy(text.slice(span.start, span.end).trim());
}

const zoom =
  (factor: number | undefined): Command =>
  ({ view }) =>
    view?.strip?.zoomBy(factor);

const sortBy =
  (key: SortKey): Command =>
  ({ model }) =>
    model.list.setSort(key);

/** The list's columns from left to right. */
const sortCommands = {
  sortByVerdict: sortBy("verdict"),
  sortById: sortBy("id"),
  sortByQuestion: sortBy("question"),
  sortByModel: sortBy("model"),
  sortByTokens: sortBy("tokens"),
  sortByUnits: sortBy("units"),
  sortByAfter: sortBy("after"),
  sortByFlags: sortBy("flags"),
  likelyBadFirst: sortBy("suspect"),
  fileOrder: sortBy("file"),
} as const;

/** Commands of the Inspect view. Those of Compare alone do nothing here. */
export const inspectCommands: Readonly<Record<ViewCommand, Command>> = {
  nextStep: moveStep(1),
  previousStep: moveStep(-1),
  nextUnit: moveUnit(1),
  previousUnit: moveUnit(-1),
  nextFlag: moveAmong(1, flaggedSteps),
  previousFlag: moveAmong(-1, flaggedSteps),
  nextAnswer: moveAmong(1, answerSteps),
  previousAnswer: moveAmong(-1, answerSteps),
  firstAnswer: ({ model, view }) => {
    const first = model.analysis?.measures.firstAnswerStep ?? model.analysis?.candidates[0]?.step;
    if (first === undefined) return;
    view?.reader?.reveal(first);
    model.goToStep(first);
  },
  firstStep: ({ model }) => model.goToStep(0, "start"),
  lastStep: ({ model }) => model.goToStep((model.analysis?.steps.length ?? 1) - 1),
  goToStep: ({ model, view }) => {
    const total = model.analysis?.steps.length ?? 0;
    if (total === 0) return;
    void model.host.askNumber(`Step, 1 to ${total}`, total).then((answer) => {
      if (answer === undefined) return;
      view?.reader?.reveal(answer - 1);
      model.goToStep(answer - 1, "start");
    });
  },
  nextRecord: moveRecord(1),
  previousRecord: moveRecord(-1),
  sameQuestion: ({ view }) => view?.openSiblings(),
  toggleRaw: ({ model }) => model.patch({ raw: !model.state.raw }),
  toggleUnit: ({ model, view }) => view?.reader?.toggleUnit(model.state.unit ?? 0),
  foldRedundant: ({ view }) => view?.toggleFold(),
  showEvidence: (context) => {
    const flag = flagHere(context);
    const { model, view } = context;
    if (flag === undefined) return;
    view?.reader?.reveal(step(context));
    model.setPeek(model.peek === flag ? undefined : flag);
    const unit = model.analysis?.flags[flag]?.level === "unit" ? model.state.unit : undefined;
    model.wish(unit === undefined ? { step: step(context), align: "nearest" } : { unit, align: "start" });
  },
  dismissFlag: (context) => {
    const { model } = context;
    const at = flagHere(context);
    if (at !== undefined) model.marks.toggleDismissed(at);
  },
  setLabel: ({ model }) => void setLabel(model),
  focusQuery: (context) => context.focusQuery(),
  find: ({ view }) => view?.openFind(),
  findNext: ({ view }) => view?.moveFind(1),
  findPrevious: ({ view }) => view?.moveFind(-1),
  copyStep: (context) => copySpan(context, context.model.analysis?.steps[step(context)]),
  copyUnit: (context) => copySpan(context, context.model.analysis?.units[context.model.state.unit ?? 0]),
  inspect: (context) => context.showView("inspect"),
  compare: (context) => context.showView("compare"),
  compareWithStudent: ({ model, showView }) => {
    const pair = model.trace && pairWithStudent(model.trace, model.file.info, model.state.sides);
    if (pair) model.patch({ view: "compare", pair });
    else showView("compare");
  },
  swapSides: () => undefined,
  otherSide: () => undefined,
  breakMatch: () => undefined,
  setMatch: () => undefined,
  undoCorrection: () => undefined,
  zoomIn: zoom(1.6),
  zoomOut: zoom(1 / 1.6),
  zoomAll: zoom(undefined),
  toggleSignals: ({ view }) => view?.toggleSignals(),
  ...sortCommands,
  reverseSort: ({ model }) => model.list.setSort(model.list.sortKey),
  showKeys: (context) => context.toggleKeys(),
  escape: (context) => {
    if (!context.escape()) context.focusList();
  },
};
