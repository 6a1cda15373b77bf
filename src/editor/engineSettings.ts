/** The settings that an engine is started with. */
import { ruleIds } from "../core/analysis";
import { rulesOffByDefault } from "../core/flag/rules";
import { thresholdTable } from "../core/flag/thresholds";
import { type FieldMapping, parseMapping } from "../core/import/mapping";
import { type EngineOptions, isThreshold } from "../protocol/engineOptions";
import { fitsGlob } from "./glob";

/** A setting's value by its name without the extension's prefix. */
export type GetSetting = (name: string) => unknown;

/** Options of the engine of a file; `path` is its path inside the workspace. Only what differs from the defaults is in them. */
export function engineOptionsFrom(get: GetSetting, path: string): EngineOptions {
  const mapping = mappingFor(get("mappings"), path);
  const changed = Object.entries(thresholdTable).flatMap(([name, { value }]): [string, number][] => {
    const set = get(`thresholds.${name}`);
    return typeof set === "number" && Number.isFinite(set) && set !== value ? [[name, set]] : [];
  });
  const thresholds = Object.fromEntries(changed.filter(([name]) => isThreshold(name)));
  const rulesOff = rulesOffFrom(get("rules"));
  return {
    ...(changed.length > 0 ? { thresholds } : {}),
    ...(rulesOff ? { rulesOff } : {}),
    ...(mapping ? { mapping } : {}),
  };
}

/** Rules switched off; undefined when they are those that are off anyway. */
function rulesOffFrom(setting: unknown): EngineOptions["rulesOff"] {
  const switches = isRecord(setting) ? setting : {};
  const off = ruleIds.filter((rule) => switches[rule] === false || (switches[rule] !== true && rulesOffByDefault.includes(rule)));
  const usual = off.length === rulesOffByDefault.length && off.every((rule) => rulesOffByDefault.includes(rule));
  return usual ? undefined : off;
}

/** The mapping of the last pattern that fits, so that a later entry overrides; undefined when none fits or it is no mapping. */
export function mappingFor(setting: unknown, path: string): FieldMapping | undefined {
  if (!isRecord(setting)) return undefined;
  const found = Object.entries(setting).findLast(([pattern]) => fitsGlob(pattern, path));
  // Copied, because VS Code's own settings objects are not written by JSON.stringify.
  const mapping = found && isRecord(found[1]) ? parseMapping(JSON.stringify(Object.fromEntries(Object.entries(found[1])))) : undefined;
  return mapping?.ok ? mapping.value : undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
