import { readFacts } from "./facts";
import type { Importer } from "./importer";
import { makeTrace } from "./makeTrace";

/** A record nobody recognises: a trace without text, shown as a tree of its fields. */
export const generic: Importer = {
  id: "generic",
  title: "Plain records",
  sniff: () => 0,
  read: (record, context) => [makeTrace(context, readFacts(record, context), { text: "", parts: [], thinking: "none" })],
};
