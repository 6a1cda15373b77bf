/** Stands in for the editor: the real engine in the page, over a file that the page fetched, behind the webview's own wire. */

import packageJson from "../../../package.json";
import { changeMarks, type Mark } from "../../../src/core/annotate/marks";
import { memorySource } from "../../../src/core/bytes/byteSource";
import { openRecords } from "../../../src/core/bytes/records";
import { TraceSession } from "../../../src/core/session";
import { keyHelp, readKeybindings } from "../../../src/editor/keyHelp";
import { mathMl } from "../../../src/editor/mathMl";
import type { Engine } from "../../../src/protocol/engine";
import type { HostRequests, ViewCommand, ViewEvents, ViewState } from "../../../src/protocol/host";
import { connect, type Port } from "../../../src/protocol/rpc";
import { loadAnalyst } from "../../support/analyst";

interface Harness {
  command(id: ViewCommand): void;
  problem(message: string): void;
  readonly state: () => ViewState | undefined;
  readonly calls: string[];
}

declare global {
  interface Window {
    harness?: Harness;
    acquireVsCodeApi?: () => unknown;
  }
}

const parameters = new URLSearchParams(location.search);
document.body.className = `vscode-${parameters.get("theme") ?? "dark"}`;

const toWebview = new Set<(message: unknown) => void>();
let stored: unknown = JSON.parse(parameters.get("state") ?? "null");
window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => {
    const copy: unknown = structuredClone(message);
    setTimeout(() => {
      for (const handler of toWebview) handler(copy);
    });
  },
  getState: () => stored,
  setState: (state: unknown) => {
    stored = state;
  },
});

const port: Port = {
  send: (message) => {
    window.dispatchEvent(new MessageEvent("message", { data: structuredClone(message) }));
  },
  listen: (handler) => {
    toWebview.add(handler);
    return () => toWebview.delete(handler);
  },
};

const file = parameters.get("file") ?? "";
const bytes = new Uint8Array(await (await fetch(`/data?path=${encodeURIComponent(file)}`)).arrayBuffer());
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const session = new TraceSession(openRecords(memorySource(file.split("/").at(-1) ?? "file", bytes)), {
  pause,
  loadAnalyst,
  openPeer: (path) => ({ ok: false, error: { code: "no-file", message: `${path} cannot be opened here` } }),
});

const engine: Engine = session;
const calls: string[] = [];
let last: ViewState | undefined;
const note =
  (name: string) =>
  async (...args: readonly unknown[]): Promise<undefined> => {
    calls.push(`${name} ${JSON.stringify(args)}`);
    return undefined;
  };
const delay = Number(parameters.get("delay") ?? "0");
const slow = async (): Promise<void> => {
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
};
const engineMethods = [
  "info",
  "view",
  "viewInfo",
  "rows",
  "locate",
  "document",
  "recordText",
  "openPeer",
  "pairs",
  "pairSummary",
  "pairLines",
  "pairPatch",
  "pairPage",
  "compare",
  "complete",
  "setBackground",
] as const;
const bound = Object.fromEntries(
  engineMethods.map((name) => [
    name,
    async (...args: unknown[]) => {
      await slow();
      const method: unknown = Reflect.get(engine, name);
      return typeof method === "function" ? Reflect.apply(method, engine, args) : undefined;
    },
  ]),
);
let marks: readonly Mark[] = [];
const requests: Omit<HostRequests, keyof Engine> = {
  ready: async () => ({
    settings: { foldRedundantByDefault: false, renderMarkdown: true, textWidth: 80 },
    keys: keyHelp(readKeybindings(packageJson), false),
  }),
  stateChanged: async (state) => {
    last = state;
  },
  focusChanged: note("focusChanged"),
  openAsText: note("openAsText"),
  copy: note("copy"),
  copyRecord: note("copyRecord"),
  nativeDiff: note("nativeDiff"),
  nativeDiffs: note("nativeDiffs"),
  corrections: async () => undefined,
  keepCorrections: async () => undefined,
  saveFile: async () => true,
  exportPairs: async () => undefined,
  pickSides: note("pickSides"),
  askNumber: note("askNumber"),
  choose: async (_title, choices) => {
    calls.push(`choose ${JSON.stringify(choices)}`);
    return choices.findIndex(({ now }) => !now);
  },
  marks: async () => marks,
  changeMarks: async (added, removed) => {
    marks = changeMarks(marks, added, removed);
    connection.events.marks(marks);
    return true;
  },
  showMedia: async (_ref, address) => Promise.reject(new Error(`There is no file ${address} beside the trace's file.`)),
  mathMl: async (formulas) => mathMl(formulas),
  drawMolecule: async () => ({ reason: "nothing draws here" }),
  explainRule: note("explainRule"),
  openSettings: note("openSettings"),
  openKeybindings: note("openKeybindings"),
  openAnotherFile: note("openAnotherFile"),
  showError: note("showError"),
};
const connection = connect<object, ViewEvents, object, object>(port, { requests: { ...bound, ...requests } });
session.listen({
  progress: (info) => connection.events.progress(info),
  analysed: (from, to) => connection.events.analysed(from, to),
});
window.harness = {
  command: (id) => connection.events.command(id),
  problem: (message) => connection.events.engineState({ message, action: "reload" }),
  state: () => last,
  calls,
};
const script = document.createElement("script");
script.type = "module";
script.src = "/webview/main.js";
document.head.append(script);
