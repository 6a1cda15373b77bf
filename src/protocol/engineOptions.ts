/** What an engine is told when it starts: plain data that structured clone can carry. */
import { type RuleId, ruleIds } from "../core/analysis";
import { type ThresholdName, type Thresholds, thresholdTable } from "../core/flag/thresholds";
import { type FieldMapping, parseMapping } from "../core/import/mapping";

/** Choices of the user that change what an engine says. */
export interface EngineOptions {
  /** Numbers of single rules; the others keep their defaults. */
  readonly thresholds?: Partial<Thresholds>;
  /** Rules that are not run; without it, those off by default. */
  readonly rulesOff?: readonly RuleId[];
  /** Where the fields of a trace stand in the file's records; without it they are found. */
  readonly mapping?: FieldMapping;
  /** Path of a file with the questions that the file's records leave out; its records join by an id field of both, else by their number. */
  readonly joinPath?: string;
  /** Folder for what is known of files between sessions; without it nothing is kept. */
  readonly cacheFolder?: string;
}

const isThreshold = (name: string): name is ThresholdName => Object.hasOwn(thresholdTable, name);

/** Options from the other side of a port; what is not understood is left out. */
export function readEngineOptions(value: unknown): EngineOptions {
  if (!isRecord(value)) return {};
  const { thresholds, rulesOff, mapping, joinPath, cacheFolder } = value;
  const read = isRecord(mapping) ? parseMapping(JSON.stringify(mapping)) : undefined;
  return {
    ...(isRecord(thresholds) ? { thresholds: readThresholds(thresholds) } : {}),
    ...(Array.isArray(rulesOff) ? { rulesOff: ruleIds.filter((rule) => rulesOff.includes(rule)) } : {}),
    ...(read?.ok ? { mapping: read.value } : {}),
    ...(typeof joinPath === "string" ? { joinPath } : {}),
    ...(typeof cacheFolder === "string" ? { cacheFolder } : {}),
  };
}

function readThresholds(values: Readonly<Record<string, unknown>>): Partial<Thresholds> {
  const found: { [name in ThresholdName]?: number } = {};
  for (const [name, value] of Object.entries(values)) {
    if (isThreshold(name) && typeof value === "number" && Number.isFinite(value)) found[name] = value;
  }
  return found;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
