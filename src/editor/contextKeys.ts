/** Context keys for keybindings and menus: where the focus is and which view is open. */
import * as vscode from "vscode";
import { prefix } from "./ids";
import type { Panels } from "./panel";

/** Keeps `reasoningTrace.focused`, `.inText`, `.view` and `.hasTrace` equal to the active panel's. */
export function registerContextKeys(panels: Panels): vscode.Disposable {
  const sent = new Map<string, unknown>();
  const set = (name: string, value: string | boolean) => {
    if (sent.get(name) === value) return;
    sent.set(name, value);
    void vscode.commands.executeCommand("setContext", prefix + name, value);
  };
  const update = () => {
    const active = panels.active;
    set("focused", active?.focus.focused ?? false);
    set("inText", active?.focus.inText ?? false);
    set("view", active?.state?.view ?? "inspect");
    set("hasTrace", active?.state?.ref !== undefined);
  };
  update();
  return panels.onDidChange(update);
}
