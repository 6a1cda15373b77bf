/** The `?` sheet, read from the keybindings that the extension really contributes. */
import { type KeyHelp, viewCommands } from "../protocol/host";
import { prefix } from "./ids";

/** One row of the sheet: words for one or more commands, shown together. */
interface HelpRow {
  readonly title: string;
  readonly commands: readonly string[];
  /** The keys are a row of digits: only the first and the last are shown, "s 1–8". */
  readonly range?: true;
}

/** One a column, from left to right. */
const sortCommands = viewCommands.filter((id) => id.startsWith("sortBy"));

/** The sheet's groups and rows. Keys come from `package.json`; a row without any key is left out. */
export const helpGroups: readonly { readonly group: string; readonly rows: readonly HelpRow[] }[] = [
  {
    group: "Steps and units",
    rows: [
      { title: "next, previous step", commands: ["nextStep", "previousStep"] },
      { title: "next, previous unit", commands: ["nextUnit", "previousUnit"] },
      { title: "next, previous flag", commands: ["nextFlag", "previousFlag"] },
      { title: "next, previous answer", commands: ["nextAnswer", "previousAnswer"] },
      { title: "first answer", commands: ["firstAnswer"] },
      { title: "first, last step", commands: ["firstStep", "lastStep"] },
      { title: "step by number", commands: ["goToStep"] },
    ],
  },
  {
    group: "Records",
    rows: [
      { title: "previous, next record or pair", commands: ["previousRecord", "nextRecord"] },
      { title: "same question, other model", commands: ["sameQuestion"] },
      { title: "close peek, leave field, back to list", commands: ["escape"] },
    ],
  },
  {
    group: "Reading",
    rows: [
      { title: "fold or open unit", commands: ["toggleUnit"] },
      { title: "fold all redundant", commands: ["foldRedundant"] },
      { title: "show evidence", commands: ["showEvidence"] },
      { title: "mark not redundant", commands: ["dismissFlag"] },
      { title: "set function or role", commands: ["setLabel"] },
      { title: "rendered or raw", commands: ["toggleRaw"] },
      { title: "copy step as Markdown", commands: ["copyStep"] },
      { title: "copy unit as Markdown", commands: ["copyUnit"] },
      { title: "open line in text editor", commands: ["openAsText"] },
    ],
  },
  {
    group: "Strip",
    rows: [
      { title: "zoom in, out", commands: ["zoomIn", "zoomOut"] },
      { title: "whole trace", commands: ["zoomAll"] },
      { title: "log-prob lane", commands: ["toggleSignals"] },
    ],
  },
  {
    group: "Search",
    rows: [
      { title: "focus query", commands: ["focusQuery"] },
      { title: "find in this trace", commands: ["find"] },
      { title: "next, previous match", commands: ["findNext", "findPrevious"] },
    ],
  },
  {
    group: "List",
    rows: [
      { title: "sort by column, again to reverse", commands: sortCommands, range: true },
      { title: "likely bad first, file order", commands: ["likelyBadFirst", "fileOrder"] },
      { title: "reverse order", commands: ["reverseSort"] },
    ],
  },
  {
    group: "Views",
    rows: [
      { title: "Inspect", commands: ["inspect"] },
      { title: "Compare", commands: ["compare"] },
      { title: "this list", commands: ["showKeys"] },
    ],
  },
  {
    group: "Compare",
    rows: [
      { title: "compare with student", commands: ["compareWithStudent"] },
      { title: "swap sides", commands: ["swapSides"] },
      { title: "move to other side", commands: ["otherSide"] },
      { title: "match a step by hand", commands: ["setMatch"] },
      { title: "break a match", commands: ["breakMatch"] },
      { title: "take the last correction back", commands: ["undoCorrection"] },
    ],
  },
];

/** A contributed keybinding. */
export interface Keybinding {
  readonly command: string;
  readonly key: string;
  readonly mac?: string;
}

/** The contributed keybindings of a `package.json`; anything that is not one is left out. */
export function readKeybindings(packageJson: unknown): readonly Keybinding[] {
  const list = field(field(packageJson, "contributes"), "keybindings");
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    const command = field(entry, "command");
    const key = field(entry, "key");
    const mac = field(entry, "mac");
    if (typeof command !== "string" || typeof key !== "string") return [];
    return [typeof mac === "string" ? { command, key, mac } : { command, key }];
  });
}

/** The rows of the sheet, in order. A command with several keys shows its first, save where all of a row's keys belong to one command. */
export function keyHelp(bindings: readonly Keybinding[], mac: boolean): readonly KeyHelp[] {
  return helpGroups.flatMap(({ group, rows }) =>
    rows
      .map(({ title, commands, range }) => {
        const keys = keysOf(commands, bindings, mac);
        return { group, title, keys: range ? rangeOf(keys) : keys };
      })
      .filter((row) => row.keys.length > 0),
  );
}

/** `s 1`, …, `s 8` as `s 1–8`; keys that do not begin alike are all shown. */
function rangeOf(keys: readonly string[]): readonly string[] {
  const [first = ""] = keys;
  const last = keys.at(-1) ?? "";
  const start = first.slice(0, -1);
  return keys.length > 2 && keys.every((key) => key.length === first.length && key.startsWith(start))
    ? [`${first}–${last.slice(start.length)}`]
    : keys;
}

function keysOf(commands: readonly string[], bindings: readonly Keybinding[], mac: boolean): readonly string[] {
  const perCommand = commands.map((id) => {
    const keys = bindings
      .filter((binding) => binding.command === prefix + id)
      .map((binding) => showKey((mac && binding.mac) || binding.key));
    return [...new Set(keys)];
  });
  return perCommand.length === 1 ? (perCommand[0] ?? []).slice(0, 2) : perCommand.flatMap((keys) => keys.slice(0, 1));
}

const names: Readonly<Record<string, string>> = {
  escape: "Esc",
  ctrl: "Ctrl",
  cmd: "⌘",
  alt: "Alt",
  shift: "⇧",
  numpad_add: "+",
  numpad_subtract: "−",
  "=": "+",
  "-": "−",
};
const shifted: Readonly<Record<string, string>> = { "/": "?", "=": "+" };

/** A key as a reader writes it: `shift+j` is `J`, `ctrl+f` is `Ctrl F`, the chord `g g` stays `g g`. */
export function showKey(key: string): string {
  return key
    .split(" ")
    .map((chord) => {
      const parts = chord.split("+");
      const last = parts[parts.length - 1] ?? "";
      if (parts.length === 2 && parts[0] === "shift" && last.length === 1) return shifted[last] ?? last.toUpperCase();
      return parts.map((part) => names[part] ?? (part.length === 1 && parts.length === 1 ? part : part.toUpperCase())).join(" ");
    })
    .join(" ");
}

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && name in value ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
