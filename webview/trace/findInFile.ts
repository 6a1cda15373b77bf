/** Find across the records of the file: which records hold the words, and the next one. */
import type { ViewInfo } from "../../src/protocol/engine";
import type { HostRequests } from "../../src/protocol/host";
import type { FindQuery } from "./find";

const delayMs = 300;

/** The records that hold what is looked for, in the file's order. `changed` is called with the newest count. */
export class FindInFile {
  private view: ViewInfo | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private serial = 0;

  constructor(
    private readonly host: HostRequests,
    private readonly changed: (found: ViewInfo | undefined) => void,
  ) {}

  /** Looks again, a moment after the last key. */
  search(query: FindQuery): void {
    clearTimeout(this.timer);
    const serial = ++this.serial;
    this.view = undefined;
    if (query.text.trim() === "") {
      this.changed(undefined);
      return;
    }
    this.timer = setTimeout(() => void this.ask(query, serial), delayMs);
  }

  /** The next (+1) or previous (−1) record with a match after a record; from the last one back to the first. */
  async move(
    by: 1 | -1,
    record: number,
  ): Promise<{ readonly file: number; readonly record: number; readonly rollout: number } | undefined> {
    const { view } = this;
    if (!view || view.rows === 0) return undefined;
    const first = await this.firstFrom(view, by > 0 ? record + 1 : record);
    const at = (by > 0 ? first : first - 1 + view.rows) % view.rows;
    const [row] = await this.host.rows(view.id, at, 1);
    return row && { file: 0, record: row.record, rollout: row.rollout };
  }

  /** Position of the first row whose record is at or after one: halving, since the view is in the file's order. */
  private async firstFrom(view: ViewInfo, record: number): Promise<number> {
    let low = 0;
    let high = view.rows;
    while (low < high) {
      const middle = (low + high) >> 1;
      const [row] = await this.host.rows(view.id, middle, 1);
      if ((row?.record ?? 0) < record) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private async ask(query: FindQuery, serial: number): Promise<void> {
    const text = `"${query.text.replace(/["\\]/g, "\\$&")}"`;
    const request = { query: text, matchCase: query.matchCase, regex: query.regex, sort: { key: "file", descending: false } } as const;
    let view = await this.host.view(request).catch(() => undefined);
    for (let tries = 0; view && serial === this.serial; tries += 1) {
      this.view = view;
      this.changed(view);
      if (view.complete || tries > 200) return;
      await new Promise((done) => setTimeout(done, delayMs));
      view = await this.host.viewInfo(view.id).catch(() => undefined);
    }
  }
}
