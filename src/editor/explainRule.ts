/** "Explain Flag Rule…": a page for each rule, shown as VS Code shows Markdown. */
import * as vscode from "vscode";
import type { RuleId } from "../core/analysis";
import { flagRules } from "../core/flag/rules";
import type { TraceDocument } from "../protocol/engine";

/** Page of a rule, inside the extension's folder. */
export const rulePage = (rule: RuleId): string => `media/rules/${rule}.md`;

/** Shows the page of a rule; without one, asks which. Rules that mark the open trace come first. */
export async function explainRule(extensionUri: vscode.Uri, rule: unknown, open: TraceDocument | undefined): Promise<void> {
  const id = flagRules.find((known) => known.id === rule)?.id ?? (await pickRule(open));
  if (id) await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.joinPath(extensionUri, rulePage(id)));
}

async function pickRule(open: TraceDocument | undefined): Promise<RuleId | undefined> {
  const counts = new Map<RuleId, number>();
  for (const { rule } of open?.analysis.flags ?? []) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const items = flagRules.map(({ id, title, description }) => {
    const found = counts.get(id) ?? 0;
    return { label: title, description: found > 0 ? `${id} · ${found} in this trace` : id, detail: description, id, found };
  });
  const picked = await vscode.window.showQuickPick(
    [...items.filter(({ found }) => found > 0), ...items.filter(({ found }) => found === 0)],
    { title: "Explain Flag Rule", matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true },
  );
  return picked?.id;
}
