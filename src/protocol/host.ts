/**
 * The two directions between the editor (extension host) and the webview, beside the engine's requests, which the host passes on.
 */
import type { RuleId } from "../core/analysis";
import type { Mark } from "../core/annotate/marks";
import type { KeptCorrections } from "../core/compare/corrections";
import type { Drawing, Formula } from "./drawing";
import type { Engine, EngineEvents, PairRequest, TraceRef } from "./engine";

/** Commands of the palette and keybindings that the webview carries out. Ids are those in `package.json` without the prefix `reasoningTrace.`. */
export const viewCommands = [
  "nextStep",
  "previousStep",
  "nextUnit",
  "previousUnit",
  "nextFlag",
  "previousFlag",
  "nextAnswer",
  "previousAnswer",
  "firstAnswer",
  "firstStep",
  "lastStep",
  "goToStep",
  "nextRecord",
  "previousRecord",
  "sameQuestion",
  "toggleRaw",
  "toggleUnit",
  "foldRedundant",
  "showEvidence",
  "dismissFlag",
  "setLabel",
  "focusQuery",
  "find",
  "findNext",
  "findPrevious",
  "copyStep",
  "copyUnit",
  "inspect",
  "compare",
  "compareWithStudent",
  "swapSides",
  "otherSide",
  "breakMatch",
  "setMatch",
  "undoCorrection",
  "zoomIn",
  "zoomOut",
  "zoomAll",
  "toggleSignals",
  "sortByVerdict",
  "sortById",
  "sortByQuestion",
  "sortByModel",
  "sortByTokens",
  "sortByUnits",
  "sortByAfter",
  "sortByFlags",
  "likelyBadFirst",
  "fileOrder",
  "reverseSort",
  "showKeys",
  "escape",
] as const;
export type ViewCommand = (typeof viewCommands)[number];

/** Two traces that are compared. */
export interface TracePair {
  readonly teacher: TraceRef;
  readonly student: TraceRef;
}

/** A column of the list as the reader wants it. `width` in pixels, absent for the column's own. */
export interface ColumnChoice {
  readonly key: string;
  readonly shown: boolean;
  readonly width?: number;
}

/** What the webview remembers across hiding and reload; also what the host asks for to run its own commands. */
export interface ViewState {
  readonly view: "inspect" | "compare";
  readonly query: string;
  readonly matchCase: boolean;
  readonly regex: boolean;
  readonly sort: { readonly key: string; readonly descending: boolean };
  /** The trace that is open. */
  readonly ref?: TraceRef;
  /** 0-based selected step and unit. */
  readonly step?: number;
  readonly unit?: number;
  readonly unitCount?: number;
  readonly stepCount?: number;
  /** First row on screen of the reading column, and how many pixels of it are above the edge. */
  readonly anchor?: { readonly row: string; readonly by: number } | undefined;
  readonly raw: boolean;
  readonly foldRedundant: boolean;
  readonly foldedUnits: readonly number[];
  /** The pair that is open in Compare, and the sides chosen. */
  readonly pair?: TracePair | undefined;
  /** Pairs chosen together in the list. */
  readonly chosenPairs?: readonly TracePair[];
  readonly sides?: { readonly teacher: import("./engine").Side; readonly student: import("./engine").Side };
  /** 0-based place of the open pair among the pairs that match, and how many those are. */
  readonly pairAt?: number;
  readonly pairCount?: number;
  /** What joins the traces of the two sides; the best key unless told. */
  readonly joinBy?: import("./engine").JoinKey | undefined;
  /** Path of the second file, where the pair spans two files. */
  readonly peer?: string;
  /** Name of the record's own numbers that are shown over the text; absent when none are. */
  readonly signal?: string | undefined;
  /** The list's columns from left to right; absent until the reader chose. */
  readonly columns?: readonly ColumnChoice[] | undefined;
  /** Width of the list in pixels; absent until the reader chose one. */
  readonly listWidth?: number | undefined;
}

/** A keybinding as it really is, for the `?` sheet. */
export interface KeyHelp {
  readonly group: string;
  readonly title: string;
  readonly keys: readonly string[];
}

/** One of several things to choose from. */
export interface Choice {
  readonly label: string;
  /** Beside the label, in grey. */
  readonly description?: string;
  /** A heading of its own over this choice and those after it. */
  readonly group?: string;
  /** The one that holds now. */
  readonly now?: boolean;
}

/** What the webview may ask of the host: the engine, and things only VS Code can do. */
export interface HostRequests extends Engine {
  /** Called once the webview has loaded. Gives settings and the state to restore, if the host has one. */
  ready(): Promise<{ readonly restore?: Partial<ViewState>; readonly settings: ViewSettings; readonly keys: readonly KeyHelp[] }>;
  /** The webview's state changed (at most five times a second). Feeds the status bar, the outline and the context keys. */
  stateChanged(state: ViewState): Promise<void>;
  /** Is the focus in the webview, and is it in a text field? Single-key bindings are off in a text field. */
  focusChanged(focused: boolean, inText: boolean): Promise<void>;
  /** Opens the file in the text editor, at a record's line when given. */
  openAsText(ref?: TraceRef): Promise<void>;
  copy(text: string): Promise<void>;
  /** Copies the record's JSON as it stands in the file. */
  copyRecord(ref: TraceRef): Promise<void>;
  /** VS Code's own diff editor on two traces. */
  nativeDiff(teacher: TraceRef, student: TraceRef): Promise<void>;
  /** VS Code's multi-file diff editor on several pairs. */
  nativeDiffs(pairs: readonly TracePair[]): Promise<void>;
  /** What a person corrected in the alignment of a pair, in this workspace. */
  corrections(teacher: TraceRef, student: TraceRef): Promise<KeptCorrections | undefined>;
  /** Remembers the corrections of a pair, or forgets them where none is left. */
  keepCorrections(teacher: TraceRef, student: TraceRef, corrections: KeptCorrections): Promise<void>;
  /** Saves a text where the user says; `name` is what the dialog suggests. False when cancelled. */
  saveFile(name: string, content: string): Promise<boolean>;
  /** Saves all pairs that match as JSON Lines with their alignment, with progress that can be cancelled. */
  exportPairs(request: PairRequest): Promise<void>;
  /** Lets the user choose teacher and student; undefined when cancelled. */
  pickSides(): Promise<
    { readonly teacher: import("./engine").Side; readonly student: import("./engine").Side; readonly peer?: string } | undefined
  >;
  /** VS Code's quick input. */
  askNumber(prompt: string, max: number): Promise<number | undefined>;
  /** VS Code's quick pick over some choices; the index of the one taken, undefined when cancelled. */
  choose(title: string, choices: readonly Choice[]): Promise<number | undefined>;
  /** What the reader set right in the file's analyses: flags that are no redundancy, functions, roles. */
  marks(): Promise<readonly Mark[]>;
  /**
   * Adds and takes out such marks; the first time the user is asked where to keep them. False when that was cancelled. Every view of the file hears the
   * new list as the event `marks`.
   */
  changeMarks(added: readonly Mark[], removed: readonly Mark[]): Promise<boolean>;
  /**
   * A picture, sound or film by an address relative to the trace's file, inside the workspace folder or the file's own. A picture that needs no other file
   * comes back as a data address; anything else is opened in the editor. Rejects in plain words where there is no such file.
   */
  showMedia(ref: TraceRef, address: string): Promise<{ readonly picture?: string }>;
  /** Formulas as MathML; undefined for one that cannot be typeset. */
  mathMl(formulas: readonly Formula[]): Promise<readonly (string | undefined)[]>;
  /** The structure of a SMILES string. */
  drawMolecule(smiles: string): Promise<Drawing>;
  /** The page that explains a rule, with its measured precision. */
  explainRule(rule: RuleId): Promise<void>;
  openSettings(query: string): Promise<void>;
  openKeybindings(): Promise<void>;
  openAnotherFile(): Promise<void>;
  /** A failure the user should see as a notification. */
  showError(message: string): Promise<void>;
}

/** Settings that the webview uses. */
export interface ViewSettings {
  /** Chip and fold behaviour. */
  readonly foldRedundantByDefault: boolean;
  readonly renderMarkdown: boolean;
  /** Reading column width in characters. */
  readonly textWidth: number;
}

/** What the host sends to the webview. */
export interface ViewEvents extends EngineEvents {
  command(id: ViewCommand): void;
  /** Open a trace, from the outline, a link or a command. */
  reveal(ref: TraceRef, unit?: number, step?: number): void;
  openPair(state: Pick<ViewState, "sides" | "pair" | "peer">): void;
  settings(settings: ViewSettings): void;
  /** The reader's marks on the file, after a change. */
  marks(marks: readonly Mark[]): void;
  /** The engine died and was started again, or the file was deleted; undefined when all is well. */
  engineState(problem: { readonly message: string; readonly action?: "reload" | "openAnother" } | undefined): void;
}
