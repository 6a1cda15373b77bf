/** "Go to Unit…": a list of the open trace's units. */
import * as vscode from "vscode";
import type { TraceDocument } from "../protocol/engine";
import { flagsOfUnit, unitFacts, unitTitle } from "./labels";

interface UnitItem extends vscode.QuickPickItem {
  readonly unit: number;
}

/** Lets the user choose a unit; the selected one stands first in view. Gives its index, or undefined when cancelled. */
export async function pickUnit(document: TraceDocument, selected: number | undefined): Promise<number | undefined> {
  const { analysis } = document;
  const items: UnitItem[] = analysis.units.map((unit, index) => ({
    unit: index,
    label: `${unit.redundant ? "$(issue-draft) " : ""}${unitTitle(unit, index)}`,
    description: `${unitFacts(unit)}${index === selected ? " · open" : ""}`,
    detail: flagsOfUnit(analysis, index)
      .map((flag) => flag.evidence.words)
      .join(" · "),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `Units of ${document.trace.id}`,
    placeHolder: "Unit, role, answer or flag",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.unit;
}
