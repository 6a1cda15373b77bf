/** Lets the user choose teacher and student: two models of the file, two rollouts, or another file. */
import * as vscode from "vscode";
import type { Engine, Side } from "../protocol/engine";
import { count, plural } from "./labels";
import type { InspectorPanel } from "./panel";

/** What was chosen. `peer` is the path of the second file, where there is one. */
export interface ChosenSides {
  readonly teacher: Side;
  readonly student: Side;
  readonly peer?: string;
}

interface SideItem extends vscode.QuickPickItem {
  readonly side?: Side;
  /** Something else is to be compared with: a file or a folder. */
  readonly other?: "file" | "folder";
}

/** A side and the path of its file, where that is a second one. */
interface Chosen {
  readonly side: Side;
  readonly peer?: string;
}

/** Asks for both sides; undefined when cancelled. */
export async function pickSides(panel: InspectorPanel): Promise<ChosenSides | undefined> {
  const items = await ownSides(panel);
  const teacher = await pickSide(panel, "Compare (1/2): choose the teacher", items);
  if (!teacher) return undefined;
  const left = items.filter((item) => !item.side || !sameSide(item.side, teacher.side));
  const student = await pickSide(panel, "Compare (2/2): choose the student", left);
  if (!student) return undefined;
  const peer = teacher.peer ?? student.peer;
  return { teacher: teacher.side, student: student.side, ...(peer === undefined ? {} : { peer }) };
}

/** The file's models, then rollouts, then "another file". */
async function ownSides(panel: InspectorPanel): Promise<readonly SideItem[]> {
  const info = await panel.session.info();
  const models: SideItem[] = info.models.map(({ name, traces }) => ({
    label: name,
    description: `${plural(traces, "trace")}${info.indexed ? "" : " so far"}`,
    side: { file: 0, model: name },
  }));
  const rollouts = await rolloutsOf(panel);
  const runs: SideItem[] = Array.from({ length: rollouts > 1 ? rollouts : 0 }, (_, rollout) => ({
    label: `Rollout ${rollout + 1}`,
    description: "of each record",
    side: { file: 0, rollout },
  }));
  const whole: SideItem[] =
    models.length === 0 && runs.length === 0
      ? [{ label: info.name, description: `all ${count(info.traces)} traces`, side: { file: 0 } }]
      : [];
  const others: SideItem[] = [
    { label: "$(file) Another file…", other: "file", alwaysShow: true },
    { label: "$(folder-opened) Another folder…", description: "its files as one", other: "folder", alwaysShow: true },
  ];
  return [...whole, ...models, ...runs, separator, ...others];
}

const separator: SideItem = { label: "", kind: vscode.QuickPickItemKind.Separator };

async function pickSide(panel: InspectorPanel, title: string, items: readonly SideItem[]): Promise<Chosen | undefined> {
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: "Model, rollout or file",
    matchOnDescription: true,
    // Between two lists VS Code gives the focus back to the webview, which would close the second one.
    ignoreFocusOut: true,
  });
  if (picked?.side) return { side: picked.side };
  return picked?.other ? pickOther(panel, title, picked.other) : undefined;
}

/** A second file or folder, and one of its models where it has several. */
async function pickOther(panel: InspectorPanel, title: string, what: "file" | "folder"): Promise<Chosen | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel: "Compare",
    canSelectMany: false,
    canSelectFiles: what === "file",
    canSelectFolders: what === "folder",
    defaultUri: vscode.Uri.joinPath(panel.uri, ".."),
    filters: { "Reasoning traces": ["jsonl", "ndjson", "json", "traj"], "All files": ["*"] },
  });
  const uri = chosen?.[0];
  return uri ? peerSide(panel, uri.fsPath, title) : undefined;
}

/** Opens a second file that the user chose, now or in an earlier session. */
export async function openPeer(panel: InspectorPanel, path: string): Promise<Awaited<ReturnType<Engine["openPeer"]>>> {
  panel.allowedPeers.add(path);
  return panel.session.openPeer(path);
}

/** Opens a second file and gives the side to compare with; asks for the model where it has several. */
export async function peerSide(panel: InspectorPanel, path: string, title: string): Promise<Chosen | undefined> {
  const { file, info } = await openPeer(panel, path);
  if (info.models.length < 2) return { side: { file }, peer: path };
  const items: SideItem[] = info.models.map(({ name, traces }) => ({
    label: name,
    description: plural(traces, "trace"),
    side: { file, model: name },
  }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: `Model in ${info.name}`, ignoreFocusOut: true });
  return picked?.side ? { side: picked.side, peer: path } : undefined;
}

async function rolloutsOf(panel: InspectorPanel): Promise<number> {
  const ref = panel.state?.ref ?? { file: 0, record: 0, rollout: 0 };
  const document = await panel.session.traceDocument(ref).catch(() => undefined);
  return Math.min(document?.rollouts ?? 1, 64);
}

const sameSide = (a: Side, b: Side): boolean => a.file === b.file && a.model === b.model && a.rollout === b.rollout;
