/** One tab of the inspector: its webview, its connection and where its reader is. */
import * as vscode from "vscode";
import type { HostRequests, ViewEvents, ViewState } from "../protocol/host";
import { type Connection, connect, type Events } from "../protocol/rpc";
import type { Session } from "./session";

/** What a panel is made from. */
export interface PanelParts {
  readonly uri: vscode.Uri;
  readonly panel: vscode.WebviewPanel;
  readonly session: Session;
}

/** The webview offers events only. */
type NoRequests = Record<never, never>;

/** A tab that shows a file. */
export class InspectorPanel {
  readonly uri: vscode.Uri;
  readonly panel: vscode.WebviewPanel;
  readonly session: Session;
  /** What the webview last told. */
  state: ViewState | undefined;
  /** Is the focus in the webview, and in a text field? */
  focus = { focused: false, inText: false };
  /** Second files that the user chose; the webview may open no others. */
  readonly allowedPeers = new Set<string>();
  private readonly connection: Connection<NoRequests, Events<ViewEvents>>;
  private readonly disposables: (() => void)[] = [];
  private ready = false;
  private waiting: (() => void)[] = [];

  constructor(parts: PanelParts, makeRequests: (panel: InspectorPanel, signal: AbortSignal) => HostRequests) {
    this.uri = parts.uri;
    this.panel = parts.panel;
    this.session = parts.session;
    const webview = parts.panel.webview;
    this.connection = connect<NoRequests, ViewEvents, HostRequests, NoRequests>(
      {
        send: (message) => void webview.postMessage(message),
        listen: (handler) => {
          const listening = webview.onDidReceiveMessage(handler);
          return () => listening.dispose();
        },
      },
      { requests: (signal) => makeRequests(this, signal) },
    );
    this.disposables.push(
      parts.session.listen({
        progress: (info) => this.events.progress(info),
        analysed: (from, to) => this.events.analysed(from, to),
        problem: (message) => this.events.engineState(message === undefined ? undefined : { message }),
      }),
      () => this.connection.dispose(),
    );
  }

  /** Tells the webview something; lost when it is hidden, since it asks for everything anew when it is shown. */
  get events(): Events<ViewEvents> {
    return this.connection.events;
  }

  /** Runs an action once the webview has loaded. */
  whenReady(action: () => void): void {
    if (this.ready) action();
    else this.waiting.push(action);
  }

  /** The webview has loaded. Actions that waited run after its answer is on the way. */
  setReady(): void {
    this.ready = true;
    const waiting = this.waiting;
    this.waiting = [];
    setTimeout(() => {
      for (const action of waiting) action();
    }, 0);
  }

  /** The webview was hidden and its page dropped; the next one says that it is ready again. */
  setHidden(): void {
    this.ready = false;
    this.focus = { focused: false, inText: false };
  }

  /** Closes the connection; the tab itself is closed by VS Code. */
  dispose(): void {
    for (const dispose of this.disposables) dispose();
  }
}

/** All open tabs, and the one in use. */
export class Panels {
  private readonly all = new Set<InspectorPanel>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** The active panel, its place or its file's state changed. */
  readonly onDidChange = this.changed.event;
  private lastActive: InspectorPanel | undefined;

  /** The panel in the active tab. */
  get active(): InspectorPanel | undefined {
    return [...this.all].find((panel) => panel.panel.active);
  }

  /** The panel in the active tab, else the visible one used last, else any visible one. */
  get current(): InspectorPanel | undefined {
    const active = this.active;
    if (active) return active;
    if (this.lastActive && this.all.has(this.lastActive) && this.lastActive.panel.visible) return this.lastActive;
    return [...this.all].find((panel) => panel.panel.visible);
  }

  add(panel: InspectorPanel): void {
    this.all.add(panel);
    this.touch(panel);
  }

  remove(panel: InspectorPanel): void {
    this.all.delete(panel);
    this.changed.fire();
  }

  /** Panels of a file. */
  of(uri: vscode.Uri): readonly InspectorPanel[] {
    return [...this.all].filter((panel) => panel.uri.toString() === uri.toString());
  }

  /** Every open panel. */
  values(): readonly InspectorPanel[] {
    return [...this.all];
  }

  /** Something about a panel changed. */
  touch(panel: InspectorPanel): void {
    if (panel.panel.active) this.lastActive = panel;
    this.changed.fire();
  }
}
