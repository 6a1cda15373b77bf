/** The address of a read-only document: which trace of which file, as text or as its analysis. */

/** What a document shows. */
export interface TraceAddress {
  readonly kind: "text" | "analysis" | "record";
  /** URI of the trace's own file, as a string. */
  readonly source: string;
  readonly record: number;
  readonly rollout: number;
}

const endings: Readonly<Record<TraceAddress["kind"], string>> = { text: ".reasoning", analysis: ".analysis.json", record: ".json" };

/** Path and query of the document's URI. The path is only a name for the tab: `label`, without characters that a path cannot have. */
export function encodeAddress(address: TraceAddress, label: string): { readonly path: string; readonly query: string } {
  const name =
    label
      .replace(/[\\/:*?"<>|#\s]+/g, " ")
      .trim()
      .slice(0, 80) || "trace";
  const { kind, source, record, rollout } = address;
  return { path: `/${name}${endings[kind]}`, query: JSON.stringify({ kind, source, record, rollout }) };
}

/** Reads a query made by {@link encodeAddress}; undefined for anything else. */
export function decodeAddress(query: string): TraceAddress | undefined {
  const value = parse(query);
  if (typeof value !== "object" || value === null) return undefined;
  const { kind, source, record, rollout } = value as Readonly<Record<string, unknown>>;
  if (kind !== "text" && kind !== "analysis" && kind !== "record") return undefined;
  if (typeof source !== "string" || !isIndex(record) || !isIndex(rollout)) return undefined;
  return { kind, source, record, rollout };
}

const isIndex = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
