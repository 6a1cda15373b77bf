import type { Trace } from "../trace";
import { readFacts } from "./facts";
import { type ImportContext, type Importer, placeName } from "./importer";
import { makeTrace } from "./makeTrace";

/** A record nobody recognises: a trace without text, shown as a tree of its fields. */
export const generic: Importer = {
  id: "generic",
  title: "Plain records",
  sniff: () => 0,
  read: (record, context) => [makeTrace(context, readFacts(record, context), { text: "", parts: [], thinking: "none" })],
};

/** A trace that says nothing but where its record is: for records that cannot be read, such as one nested deeper than the stack. */
export const bareTrace = (context: ImportContext): Trace => ({
  record: context.record,
  rollout: 0,
  id: placeName(context),
  question: "",
  text: "",
  parts: [],
  preamble: "",
  opening: "",
  closing: "",
  response: "",
  thinking: "none",
  notices: [{ kind: "other", message: "The record could not be read; it may be nested too deeply." }],
  columns: {},
});
