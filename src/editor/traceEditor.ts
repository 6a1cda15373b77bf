/** The custom editor: opens a file's session, fills the tab's webview, and hands files without traces back to the text editor. */
import * as vscode from "vscode";
import type { FileInfo } from "../protocol/engine";
import { addDiffSide } from "./diffSides";
import { handBack, isTextFile, textEditorLimit } from "./handBack";
import { type HostParts, hostRequests } from "./hostRequests";
import { optionalViewType, prefix } from "./ids";
import { fileName, reporting } from "./notify";
import { offerMapping } from "./offerMapping";
import { takeWish } from "./openInspector";
import { InspectorPanel } from "./panel";
import type { Session } from "./session";
import type { Lease, Sessions } from "./sessions";
import { keepPlainFiles } from "./settings";
import { isInDiff } from "./tabs";
import { inspectorPage, makeNonce, messagePage } from "./webviewHtml";

/** Milliseconds that the page waits for the first look at the file, so that one to be handed back never shows. */
const firstLookMs = 150;

/** Schemes whose documents are versions of a file, seen in diffs. Their default is set in `package.json`, too. */
const versionSchemes =
  /^(git|gitlens|gitlens-git|git-graph|gitfs|hg|svn|sapling-diff|review|pr|conflictResolution|vscode-local-history|vscode-scm)$/;

/** An open file as VS Code sees it; one for all its tabs. A version of a file inside a diff has no session. */
export interface TraceFile extends vscode.CustomDocument {
  readonly lease?: Lease;
}

/** Opens `.jsonl` files and their kin. */
export class TraceEditor implements vscode.CustomReadonlyEditorProvider<TraceFile> {
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly sessions: Sessions,
    private readonly parts: HostParts,
  ) {}

  async openCustomDocument(uri: vscode.Uri): Promise<TraceFile> {
    if (versionSchemes.test(uri.scheme)) return { uri, dispose: () => undefined };
    const lease = await this.sessions.acquire(uri.toString());
    return { uri, lease, dispose: () => lease.release() };
  }

  async resolveCustomEditor(file: TraceFile, panel: vscode.WebviewPanel): Promise<void> {
    if (!file.lease || isInDiff(file.uri, this.parts.panels.of(file.uri).length)) return this.showDiffMessage(file.uri, panel);
    const { session } = file.lease;
    const look = this.look(session);
    const asked = panel.viewType === optionalViewType || takeWish(file.uri);
    if (asked) void look.then((info) => info && offerMapping(file.uri, info));
    const goesBack = (info: FileInfo): boolean => !asked && belongsInTextEditor(info);
    const early = await Promise.race([look, new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), firstLookMs))]);
    if (early && goesBack(early)) return this.giveBack(file.uri, panel);
    this.showInspector(file.uri, panel, session);
    if (!early) void look.then((info) => info && goesBack(info) && this.giveBack(file.uri, panel));
  }

  /** The file's state once its sample was read; undefined when the engine fails, which the inspector itself shows. */
  private async look(session: Session): Promise<FileInfo | undefined> {
    try {
      return await session.info();
    } catch {
      return undefined;
    }
  }

  /** After the editor was resolved, since VS Code cannot replace one that is still opening. */
  private giveBack(uri: vscode.Uri, panel: vscode.WebviewPanel): void {
    setTimeout(() => void reporting(`${fileName(uri)} could not be opened as text`, () => handBack(uri, panel)), 0);
  }

  private showInspector(uri: vscode.Uri, panel: vscode.WebviewPanel, session: Session): void {
    const { panels } = this.parts;
    const inspector = new InspectorPanel({ uri, panel, session }, (made, signal) => hostRequests(made, this.parts, signal));
    const stopWatching = session.listen({
      progress: () => panels.touch(inspector),
      analysed: () => undefined,
      problem: () => panels.touch(inspector),
    });
    panels.add(inspector);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) inspector.setHidden();
      panels.touch(inspector);
    });
    panel.onDidDispose(() => {
      stopWatching();
      inspector.dispose();
      panels.remove(inspector);
    });
    const folder = vscode.Uri.joinPath(this.extensionUri, "dist", "webview");
    panel.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    const address = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    panel.webview.html = inspectorPage(
      {
        cspSource: panel.webview.cspSource,
        script: address("main.js"),
        styles: [address("main.css")],
        title: fileName(uri),
        language: vscode.env.language,
      },
      makeNonce(),
    );
  }

  /** Inside a diff: the text diff is what a reader wants, one click away. */
  private showDiffMessage(uri: vscode.Uri, panel: vscode.WebviewPanel): void {
    addDiffSide(uri, panel);
    panel.webview.options = { enableScripts: false, enableCommandUris: [`${prefix}openTextDiff`], localResourceRoots: [] };
    panel.webview.html = messagePage({
      title: fileName(uri),
      text: "A version of a trace file inside a diff. The changes are shown line by line in the text diff.",
      button: "Open Text Diff",
      command: `${prefix}openTextDiff`,
    });
  }
}

/** Does the file belong in the text editor? Large ones stay, since it cannot take them; so do empty ones, which a run may be about to fill, and what is no text at all. */
const belongsInTextEditor = (info: FileInfo): boolean =>
  !info.hasTraces && info.container !== "empty" && isTextFile(info) && !keepPlainFiles() && info.bytes <= textEditorLimit;
