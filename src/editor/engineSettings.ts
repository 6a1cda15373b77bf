/** The settings that an engine is started with. */
import { type RuleId, ruleIds } from "../core/analysis";
import { thresholdTable } from "../core/flag/thresholds";
import type { FieldMapping } from "../core/import/mapping";
import type { EngineOptions } from "../protocol/engineOptions";
import { fitsGlob } from "./glob";

/** As the table of rules has it. Repeated here, because that table loads every rule, and this module is loaded when VS Code starts the extension. */
export const offByDefault: readonly RuleId[] = ["no-progress"];

/** A setting's value by its name without the extension's prefix. */
export type GetSetting = (name: string) => unknown;

/**
 * Options of the engine of a file; `path` is its path inside the workspace, `folder` the path of its folder on disk. Only what differs from the defaults is
 * in them.
 */
export function engineOptionsFrom(get: GetSetting, path: string, folder: string): EngineOptions {
  const mapping = mappingFor(get("mappings"), path);
  const questions = valueFor(get("questionFiles"), path);
  const changed = Object.entries(thresholdTable).flatMap(([name, { value }]): [string, number][] => {
    const set = get(`thresholds.${name}`);
    return typeof set === "number" && Number.isFinite(set) && set !== value ? [[name, set]] : [];
  });
  const thresholds = Object.fromEntries(changed);
  const rulesOff = rulesOffFrom(get("rules"));
  return {
    ...(changed.length > 0 ? { thresholds } : {}),
    ...(rulesOff ? { rulesOff } : {}),
    ...(mapping ? { mapping } : {}),
    ...(typeof questions === "string" && questions !== "" ? { joinPath: inFolder(folder, questions) } : {}),
  };
}

/** Rules switched off; undefined when they are those that are off anyway. */
function rulesOffFrom(setting: unknown): EngineOptions["rulesOff"] {
  const switches = isRecord(setting) ? setting : {};
  const off = ruleIds.filter((rule) => switches[rule] === false || (switches[rule] !== true && offByDefault.includes(rule)));
  const usual = off.length === offByDefault.length && off.every((rule) => offByDefault.includes(rule));
  return usual ? undefined : off;
}

/**
 * The mapping of the last pattern that fits, so that a later entry overrides; undefined when none fits or it has no text. Whether its names and paths mean
 * something is for the engine to say.
 */
export function mappingFor(setting: unknown, path: string): FieldMapping | undefined {
  const found = valueFor(setting, path);
  if (!isRecord(found)) return undefined;
  // Copied, because VS Code's own settings objects cannot be sent to a worker.
  const fields = Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}

/** What a setting by patterns says of a file: the last pattern that fits. */
export const valueFor = (setting: unknown, path: string): unknown =>
  isRecord(setting) ? Object.entries(setting).findLast(([pattern]) => fitsGlob(pattern, path))?.[1] : undefined;

/** A path from a setting, which may be relative to the folder of the file it is about. */
const inFolder = (folder: string, path: string): string => (/^([\\/]|[A-Za-z]:[\\/])/.test(path) ? path : `${folder}/${path}`);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
