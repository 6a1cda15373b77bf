/** Status bar: "pair 3 of 7", "unit 3 of 7", "step 19 of 33", "572 records", "tokens: estimated". Shown while an inspector is the active tab. */
import * as vscode from "vscode";
import { prefix } from "./ids";
import { type StatusTexts, statusTexts } from "./labels";
import type { Panels } from "./panel";

interface Item {
  readonly id: keyof StatusTexts;
  readonly name: string;
  readonly tooltip: string;
  readonly command?: string;
}

const items: readonly Item[] = [
  { id: "pair", name: "Pair", tooltip: "The pair that is compared, among those that match" },
  { id: "unit", name: "Thinking Unit", tooltip: "Selected thinking unit. Click to go to a unit.", command: `${prefix}goToUnit` },
  { id: "step", name: "Step", tooltip: "Selected step. Click to go to a step by number.", command: `${prefix}goToStep` },
  { id: "records", name: "Records", tooltip: "Records of the file" },
  { id: "tokens", name: "Token Source", tooltip: "How tokens were counted" },
];

/** Shows the items and keeps them up to date. */
export function registerStatus(panels: Panels): vscode.Disposable {
  const bars = items.map((item, index) => {
    const bar = vscode.window.createStatusBarItem(`${prefix}${item.id}`, vscode.StatusBarAlignment.Right, 100 - index);
    bar.name = `Reasoning Trace: ${item.name}`;
    bar.tooltip = item.tooltip;
    bar.command = item.command;
    return { id: item.id, bar };
  });
  const update = () => {
    const active = panels.active;
    const texts = active ? statusTexts(active.state, active.session.lastInfo) : {};
    for (const { id, bar } of bars) {
      const text = texts[id];
      if (text === undefined) bar.hide();
      else {
        bar.text = text;
        bar.show();
      }
    }
  };
  return vscode.Disposable.from(panels.onDidChange(update), ...bars.map(({ bar }) => bar));
}
