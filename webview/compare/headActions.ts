/** What the head's controls do: the session, the rows and what is open, under the names that the head knows. */
import { count } from "../format";
import type { AlignedRows } from "./alignedRows";
import { answersOf } from "./answersPanel";
import type { OpenParts } from "./openParts";
import type { PairActions } from "./pairHeader";
import type { PairExport } from "./pairMenu";
import type { PairSession } from "./pairSession";
import { correctionCount } from "./pins";

/** The view that the head belongs to. */
export interface HeadOwner {
  readonly rows: AlignedRows;
  readonly parts: OpenParts;
  readonly raw: boolean;
  setRaw(raw: boolean): void;
  toggleFold(): void;
  togglePairs(): void;
  nativeDiff(): void;
  goToDivergence(): void;
  export(what: PairExport): void;
}

/** "pair 3 of 7"; "7 pairs" where the open one is not in the list; empty without a list. */
function positionWords(session: PairSession): string {
  const total = session.pairs().length;
  const at = session.position;
  if (total === 0) return "";
  return at < 0 ? `${count(total)} pairs` : `pair ${count(at + 1)} of ${count(total)}`;
}

/** The actions and their state as they are now. */
export function headActions(owner: HeadOwner, session: PairSession, sides: NonNullable<PairSession["sides"]>): PairActions {
  const { parts } = owner;
  return {
    raw: owner.raw,
    foldMatched: owner.rows.folds.foldMatched,
    modelsOf: (side) => session.modelsOf(side),
    fileOf: (side) => session.fileOf(side),
    sides,
    position: positionWords(session),
    pairsOpen: parts.pairs,
    panel: parts.panel,
    answers: session.pair ? answersOf(session.pair.teacher, session.refs).length : 0,
    corrections: correctionCount(session.corrections),
    questionOpen: parts.question,
    setRaw: (raw) => owner.setRaw(raw),
    toggleFold: () => owner.toggleFold(),
    swap: () => session.swap(),
    chooseModel: (side, model) => session.chooseModel(side, model),
    chooseFile: () => void session.pickSides(),
    nativeDiff: () => owner.nativeDiff(),
    togglePairs: () => owner.togglePairs(),
    step: (by) => session.stepPair(by),
    goToDivergence: () => owner.goToDivergence(),
    showPanel: (panel) => parts.show(panel),
    undo: () => session.undo(),
    export: (what) => owner.export(what),
    toggleQuestion: () => parts.toggleQuestion(),
  };
}
