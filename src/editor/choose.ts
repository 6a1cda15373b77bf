/** VS Code's quick pick for the webview: choices under headings, the one that holds now taken first. */
import * as vscode from "vscode";
import type { Choice } from "../protocol/host";

interface Item extends vscode.QuickPickItem {
  /** Place among the choices; absent for a heading. */
  readonly index?: number;
}

/** Shows the choices; the index of the one taken, undefined when cancelled. */
export function choose(title: string, choices: readonly Choice[]): Promise<number | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.matchOnDescription = true;
  pick.items = choices.flatMap((choice, index) => itemsOf(choice, index));
  pick.activeItems = pick.items.filter(({ index }) => index !== undefined && choices[index]?.now === true).slice(0, 1);
  return new Promise((done) => {
    pick.onDidAccept(() => {
      done(pick.selectedItems[0]?.index);
      pick.hide();
    });
    pick.onDidHide(() => {
      done(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function itemsOf({ label, description, group, now }: Choice, index: number): Item[] {
  const words = [description ?? "", now ? "now" : ""].filter(Boolean).join(" · ");
  const item = { label, index, ...(words ? { description: words } : {}) };
  return group === undefined ? [item] : [{ label: group, kind: vscode.QuickPickItemKind.Separator }, item];
}
