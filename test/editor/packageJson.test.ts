import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hostCommands, isInspector, optionalViewType, prefix, textLanguage, viewType, viewTypeOf } from "../../src/editor/ids";
import { helpGroups, keyHelp, readKeybindings, showKey } from "../../src/editor/keyHelp";
import { viewCommands } from "../../src/protocol/host";

const root = new URL("../../", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, root), "utf8");
const text = read("package.json");
const packageJson: Package = JSON.parse(text);
const nls: Record<string, string> = JSON.parse(read("package.nls.json"));

interface Package {
  icon: string;
  main: string;
  contributes: {
    commands: { command: string; title: string; category: string }[];
    keybindings: { key: string; command: string; when: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    customEditors: { viewType: string; priority: string; selector: { filenamePattern: string }[] }[];
    configuration: { title: string; properties: Record<string, { markdownDescription?: string; default: unknown }> }[];
    languages: { id: string; configuration: string; extensions: string[] }[];
    grammars: { path: string; scopeName: string; injectTo?: string[] }[];
    walkthroughs: { steps: { id: string; description: string; media: { markdown: string }; completionEvents?: string[] }[] }[];
    configurationDefaults: Record<string, Record<string, string>>;
  };
}
const { contributes } = packageJson;
const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
const contributed = contributes.commands.map(({ command }) => command);
const known = [...hostCommands, ...viewCommands].map((id) => prefix + id);

/** Commands that need no open file. */
const anywhere = new Set(["openSamples", "openFolder", "openClipboard", "explainRule", "clearCache"].map((id) => prefix + id));

describe("package.json", () => {
  it("contributes exactly the commands that are registered", () => {
    expect([...contributed].sort()).toEqual([...known].sort());
    expect(new Set(contributed).size).toBe(contributed.length);
  });

  it("gives every command the category and a title", () => {
    for (const { command, title, category } of contributes.commands) {
      expect(category, command).toBe("Reasoning Trace");
      expect(title, command).toMatch(/^%command\.\w+%$/);
    }
  });

  it("names existing commands in every keybinding, menu and walkthrough", () => {
    const used = [
      ...contributes.keybindings.map(({ command }) => command),
      ...Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command)),
      ...[...text.matchAll(/command:(reasoningTrace\.\w+)/g), ...read("package.nls.json").matchAll(/command:(reasoningTrace\.\w+)/g)].map(
        ([, id]) => id,
      ),
    ];
    for (const command of used) expect(contributed).toContain(command);
  });

  it("names the editor of each kind of file as the code asks for it", () => {
    for (const editor of contributes.customEditors)
      for (const { filenamePattern } of editor.selector)
        expect(viewTypeOf(filenamePattern.replace("*", "/folder/a"))).toBe(editor.viewType);
  });

  it("has a `when` for every palette entry that needs an open file", () => {
    const palette = new Map((contributes.menus.commandPalette ?? []).map(({ command, when }) => [command, when]));
    for (const command of contributed) {
      if (anywhere.has(command)) continue;
      expect(palette.get(command), command).toBeTruthy();
    }
  });

  it("limits single keys to a focused inspector outside text fields", () => {
    for (const { key, when, command } of contributes.keybindings) {
      expect(when, command).toContain("reasoningTrace.focused");
      if (!/ctrl|f3/.test(key)) expect(when, command).toContain("!reasoningTrace.inText");
    }
  });

  it("binds no key twice under the same condition", () => {
    const seen = contributes.keybindings.map(({ key, when }) => `${key} ${when}`);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("has a text for every placeholder and no text without one", () => {
    const placeholders = [...text.matchAll(/"%([\w.-]+)%"/g)].map(([, name]) => name ?? "");
    expect([...new Set(placeholders)].sort()).toEqual(Object.keys(nls).sort());
  });

  it("describes and defaults every setting", () => {
    for (const [name, setting] of settings) {
      expect(name.startsWith(prefix), name).toBe(true);
      expect(setting.markdownDescription, name).toBeTruthy();
      expect(setting.default, name).toBeDefined();
    }
  });

  it("uses every setting it contributes", () => {
    const source = read("src/editor/settings.ts") + read("src/editor/engineSettings.ts");
    for (const [name] of settings) {
      if (!name.startsWith(`${prefix}thresholds.`)) expect(source).toContain(`"${name.slice(prefix.length)}"`);
    }
  });

  it("points to files that exist", () => {
    const files = [
      packageJson.icon,
      ...contributes.languages.map(({ configuration }) => configuration),
      ...contributes.grammars.map(({ path }) => path),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
    ];
    for (const file of files) expect(() => read(file), file).not.toThrow();
  });

  it("opens JSON Lines by default and other files on request, but no version inside a diff", () => {
    const [first, second] = contributes.customEditors;
    expect(first).toMatchObject({ viewType, priority: "default" });
    const patterns = first?.selector.map(({ filenamePattern }) => filenamePattern) ?? [];
    for (const pattern of patterns) expect(pattern).toMatch(/^\*\.(jsonl|ndjson|jsonlines)(\.(gz|zst|zstd))?$/);
    expect(patterns).toHaveLength(12);
    expect(second).toMatchObject({ viewType: optionalViewType, priority: "option" });
    expect([first, second].every((editor) => editor !== undefined && isInspector(editor.viewType))).toBe(true);
    const associations = contributes.configurationDefaults["workbench.editorAssociations"] ?? {};
    expect(Object.entries(associations)).toEqual([
      [expect.stringMatching(/^\{git,.*\}:\/\*\*\/\*\.\{jsonl,ndjson,jsonlines\}$/), "default"],
    ]);
  });

  it("gives the text of a trace its language by its ending", () => {
    expect(contributes.languages).toMatchObject([{ id: textLanguage, extensions: [".reasoning"] }]);
  });
});

describe("the ? sheet", () => {
  const bindings = readKeybindings(packageJson);
  const sheet = keyHelp(bindings, false);

  it("shows every bound command", () => {
    const shown = new Set(helpGroups.flatMap(({ rows }) => rows.flatMap(({ commands }) => commands.map((id) => prefix + id))));
    for (const { command } of bindings) expect(shown, command).toContain(command);
  });

  it("shows the contributed keys as a reader writes them", () => {
    const keysOf = (title: string) => sheet.find((row) => row.title === title)?.keys;
    expect(keysOf("next, previous step")).toEqual(["j", "k"]);
    expect(keysOf("next, previous unit")).toEqual(["J", "K"]);
    expect(keysOf("first, last step")).toEqual(["g g", "G"]);
    expect(keysOf("find in this trace")).toEqual(["Ctrl F"]);
    expect(keysOf("next, previous match")).toEqual(["F3", "⇧ F3"]);
    expect(keysOf("zoom in, out")).toEqual(["+", "−"]);
    expect(keysOf("this list")).toEqual(["?"]);
    expect(keysOf("sort by column, again to reverse")).toEqual(["s 1–8"]);
    expect(keysOf("move to other side")).toEqual(["h", "l"]);
  });

  it("shows a rebound key, not the one in the table", () => {
    const [row] = keyHelp([{ command: `${prefix}nextStep`, key: "down" }], false);
    expect(row).toEqual({ group: "Steps and units", title: "next, previous step", keys: ["DOWN"] });
  });

  it("shows each key where a row of digits was rebound in part", () => {
    const rebound = bindings.map((binding) => (binding.command === `${prefix}sortById` ? { ...binding, key: "q" } : binding));
    const keys = keyHelp(rebound, false).find((row) => row.title === "sort by column, again to reverse")?.keys;
    expect(keys).toEqual(["s 1", "q", "s 3", "s 4", "s 5", "s 6", "s 7", "s 8"]);
  });

  it("sorts by the columns of the list from left to right", () => {
    const keys = contributes.keybindings.filter(({ key }) => /^s \d$/.test(key)).map(({ key, command }) => `${key} ${command}`);
    const columns = ["verdict", "id", "question", "model", "tokens", "units", "after", "flags"];
    const expected = columns.map((key, index) => `s ${index + 1} ${prefix}sortBy${key[0]?.toUpperCase()}${key.slice(1)}`);
    expect(keys).toEqual([...expected, `s 9 ${prefix}likelyBadFirst`, `s 0 ${prefix}fileOrder`]);
  });

  it("uses the Mac key on a Mac", () => {
    expect(keyHelp(bindings, true).find((row) => row.title === "find in this trace")?.keys).toEqual(["⌘ F"]);
  });

  it("leaves out what is not a keybinding", () => {
    expect(readKeybindings({ contributes: { keybindings: [{ key: 1, command: "x" }, null, { key: "a" }] } })).toEqual([]);
    expect(readKeybindings(undefined)).toEqual([]);
    expect(showKey("ctrl+k ctrl+f")).toBe("Ctrl K Ctrl F");
  });
});
