/** Identifiers that `package.json` and the code share. */

/** The custom editor that is the default for JSON Lines. */
export const viewType = "reasoningTrace.inspector";
/** The same editor, offered by "Reopen Editor With…" for other kinds of files. */
export const optionalViewType = "reasoningTrace.inspectorOption";

const linesNames = /\.(?:jsonl|ndjson|jsonlines)(?:\.(?:gz|zst|zstd))?$/;

/** Which of the two editors `package.json` names for a file, by its path; VS Code shows the name of an editor only for files of its own. */
export const viewTypeOf = (path: string): string => (linesNames.test(path) ? viewType : optionalViewType);

/** Scheme of the read-only documents: a trace's text and its analysis. */
export const textScheme = "reasoning-trace";
/** Language of a trace's text. */
export const textLanguage = "reasoning-trace";
/** Commands are `reasoningTrace.<id>`, settings `reasoningTrace.<name>`. */
export const prefix = "reasoningTrace.";

/** Commands that may be the first thing asked of the extension: registered when it is started. */
export const startCommands = [
  "openInInspector",
  "compareTeacherStudent",
  "openFolder",
  "openClipboard",
  "explainRule",
  "mapFields",
  "joinQuestions",
  "clearCache",
  "openTextDiff",
  "openSamples",
] as const;
export type StartCommand = (typeof startCommands)[number];

/** Commands about a file that is open: registered with the first one. */
const fileCommands = ["openAsText", "compareSideBySide", "goToUnit", "copyRecord", "showAnalysis", "showTraceAsText", "undoMark"] as const;

/** Commands that the host carries out; all others are {@link viewCommands} of the protocol and go to the webview. */
export const hostCommands = [...startCommands, ...fileCommands];
export type HostCommand = (typeof hostCommands)[number];

/** Is this one of the extension's two custom editors? */
export const isInspector = (id: string): boolean => id === viewType || id === optionalViewType;
