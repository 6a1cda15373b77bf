/** "Map Fields…": the user says where the fields of a trace stand in a file's records; saved as a setting that can be shared. */
import * as vscode from "vscode";
import { type FieldMapping, type MappingField, mappingFields } from "../core/import/mapping";
import type { Json } from "../core/trace";
import { globOf } from "./glob";
import {
  everyItemOf,
  fieldValue,
  fieldWords,
  isComplete,
  mappablePaths,
  previewTrace,
  previewWords,
  readSample,
  withField,
} from "./mappingPreview";
import { fileName } from "./notify";
import type { Sessions } from "./sessions";
import { mappingOf, removeMapping, saveMapping } from "./settings";

/** Records that are shown in the preview and searched for fields, and bytes of each that are read. */
const sampleRecords = 20;
const recordBytes = 1 << 20;

interface Mapped {
  readonly uri: vscode.Uri;
  readonly sample: readonly Json[];
}

/** Asks, saves and opens the file with `open`. */
export async function mapFields(sessions: Sessions, uri: vscode.Uri, open: (uri: vscode.Uri) => Promise<void>): Promise<void> {
  const sample = await readRecords(sessions, uri);
  if (sample.length === 0) throw new Error(`${fileName(uri)} has no record that could be read, so there is nothing to map.`);
  const mapped = { uri, sample };
  let mapping: FieldMapping = mappingOf(uri) ?? {};
  for (;;) {
    const choice = await pickField(mapped, mapping);
    if (choice === undefined) return;
    if (choice === "save") {
      if (await save(uri, mapping)) await open(uri);
      return;
    }
    if (choice === "remove") {
      await removeMapping(uri);
      return;
    }
    const path = await pickPath(mapped, mapping, choice);
    if (path) mapping = withField(mapping, choice, path.path);
  }
}

async function readRecords(sessions: Sessions, uri: vscode.Uri): Promise<readonly Json[]> {
  const lease = await sessions.acquire(uri.toString());
  try {
    const { records } = await lease.session.info();
    const wanted = Array.from({ length: Math.min(records, sampleRecords) }, (_, record) => ({ file: 0, record, rollout: 0 }));
    const texts = await Promise.all(wanted.map((ref) => lease.session.ask((engine) => engine.recordText(ref, recordBytes))));
    return readSample(texts.filter(({ truncated }) => !truncated).map(({ text }) => text));
  } finally {
    lease.release();
  }
}

interface FieldItem extends vscode.QuickPickItem {
  readonly choice?: MappingField | "save" | "remove";
}

async function pickField({ uri, sample }: Mapped, mapping: FieldMapping): Promise<FieldItem["choice"]> {
  const trace = previewTrace(sample, mapping, fileName(uri));
  const fields: FieldItem[] = mappingFields.map((field) => ({
    label: field,
    description: mapping[field] ?? "found as usual",
    detail: `${fieldWords[field]}: ${fieldValue(trace, field)}`,
    choice: field,
  }));
  const ready: FieldItem[] = isComplete(mapping)
    ? [{ label: "$(check) Save", description: previewWords(trace), alwaysShow: true, choice: "save" }]
    : [];
  const existing: FieldItem[] = mappingOf(uri)
    ? [{ label: "$(trash) Remove the mapping", description: "read the file as usual", alwaysShow: true, choice: "remove" }]
    : [];
  const separator: FieldItem = { label: "Fields of the first record", kind: vscode.QuickPickItemKind.Separator };
  const picked = await vscode.window.showQuickPick([...ready, ...existing, separator, ...fields], {
    title: `Map Fields of ${fileName(uri)} · ${previewWords(trace)}`,
    placeHolder: isComplete(mapping) ? "Choose a field to change it, or save" : "Choose a field; reasoning or response is needed",
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.choice;
}

interface PathItem extends vscode.QuickPickItem {
  /** Absent for "found as usual". */
  readonly path?: string;
}

/** The title shows what the trace would be while the user moves through the paths. */
function pickPath({ uri, sample }: Mapped, mapping: FieldMapping, field: MappingField): Promise<PathItem | undefined> {
  const picker = vscode.window.createQuickPick<PathItem>();
  const items = pathItems(sample);
  picker.items = items;
  picker.activeItems = items.filter(({ path }) => path === mapping[field]);
  picker.placeholder = `Where is ${fieldWords[field]}?`;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.ignoreFocusOut = true;
  const preview = (item: PathItem | undefined) => {
    const trace = previewTrace(sample, withField(mapping, field, item?.path), fileName(uri));
    picker.title = `${field}: ${field === "reasoning" ? previewWords(trace) : fieldValue(trace, field)}`;
  };
  preview(picker.activeItems[0]);
  return new Promise((resolve) => {
    picker.onDidChangeActive(([item]) => preview(item));
    picker.onDidAccept(() => {
      resolve(picker.activeItems[0]);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function pathItems(sample: readonly Json[]): readonly PathItem[] {
  const paths = mappablePaths(sample).flatMap(({ path, type, example }): PathItem[] => {
    const item = { label: path, description: type, detail: example || "empty", path };
    const every = everyItemOf(path);
    return every === undefined ? [item] : [item, { ...item, label: every, description: `${type}, one rollout an item`, path: every }];
  });
  return [{ label: "$(sparkle) Found as usual", description: "by the field's name" }, ...paths];
}

/** Asks for which files the mapping holds. False when cancelled. */
async function save(uri: vscode.Uri, mapping: FieldMapping): Promise<boolean> {
  const path = vscode.workspace.asRelativePath(uri, false).replaceAll("\\", "/");
  const name = fileName(uri);
  const folder = path.slice(0, path.length - name.length);
  const ending = name.includes(".") ? name.slice(name.indexOf(".", 1)) : "";
  const patterns = [
    { label: globOf(path), description: "this file" },
    {
      label: `${globOf(folder)}*${ending}`,
      description: folder === "" ? "all files with this ending" : "all files of this folder with this ending",
    },
    ...(folder === "" ? [] : [{ label: `*${ending}`, description: "all files with this ending" }]),
  ];
  const picked = await vscode.window.showQuickPick(patterns, {
    title: "Map Fields: for which files?",
    placeHolder: vscode.workspace.workspaceFolders ? "Saved in the workspace's settings, which can be shared" : "Saved in your settings",
    ignoreFocusOut: true,
  });
  if (picked) await saveMapping(uri, picked.label, mapping);
  return picked !== undefined;
}
