/** The last few opened documents, so that going back and forth does not ask the engine again. */
import type { PlainDocument, TraceDocument, TraceRef } from "../../src/protocol/engine";

const kept = 6;

/** Remembers the answers to the last requests; a failed one is forgotten. */
export class DocumentCache {
  private readonly entries = new Map<string, Promise<TraceDocument | PlainDocument>>();

  constructor(private readonly fetch: (ref: TraceRef) => Promise<TraceDocument | PlainDocument>) {}

  clear(): void {
    this.entries.clear();
  }

  /** Keeps a newer answer in place of the one known. */
  put(document: TraceDocument | PlainDocument): void {
    const { file, record, rollout } = document.ref;
    this.entries.set(`${file}/${record}/${rollout}`, Promise.resolve(document));
  }

  get(ref: TraceRef): Promise<TraceDocument | PlainDocument> {
    const key = `${ref.file}/${ref.record}/${ref.rollout}`;
    const known = this.entries.get(key);
    this.entries.delete(key);
    const document = known ?? this.fetch(ref);
    this.entries.set(key, document);
    document.catch(() => this.entries.delete(key));
    for (const oldest of [...this.entries.keys()].slice(0, Math.max(0, this.entries.size - kept))) this.entries.delete(oldest);
    return document;
  }
}
