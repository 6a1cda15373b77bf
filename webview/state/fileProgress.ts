/** How far the file has been read, and what came after. */
import type { FileInfo } from "../../src/protocol/engine";
import type { HostRequests } from "../../src/protocol/host";
import type { Shell } from "./shell";

type ProgressShell = Pick<Shell, "changed" | "report"> & { readonly host: Pick<HostRequests, "setBackground"> };

/** What the engine tells of the file. */
export class FileProgress {
  info: FileInfo | undefined;
  /** Records that came after the file had been indexed. */
  appended = 0;
  /** Background work stopped by the reader. */
  paused = false;
  /** Bytes that were indexed at a moment, for the time that is left. */
  private since: { readonly bytes: number; readonly at: number } | undefined;

  constructor(private readonly shell: ProgressShell) {}

  /** Takes news of the file; true unless they are the first. */
  tell(info: FileInfo): boolean {
    const before = this.info;
    // An answer may be overtaken by newer news.
    if (before?.bytes === info.bytes && before.bytesIndexed === info.bytesIndexed && info.analysed < before.analysed) return false;
    if (before?.indexed && info.records > before.records) this.appended += info.records - before.records;
    this.info = info;
    if (!this.since || info.bytesIndexed < this.since.bytes) this.since = { bytes: info.bytesIndexed, at: performance.now() };
    this.shell.changed();
    return before !== undefined;
  }

  /** Milliseconds until the index is complete, from the speed so far; undefined while too little is known. */
  timeLeft(): number | undefined {
    if (!this.info || !this.since || this.info.indexed) return undefined;
    const done = this.info.bytesIndexed - this.since.bytes;
    const passed = performance.now() - this.since.at;
    return done > 0 && passed > 400 ? ((this.info.bytes - this.info.bytesIndexed) * passed) / done : undefined;
  }

  /** The reader has seen that records were appended. */
  seeAppended(): void {
    this.appended = 0;
    this.shell.changed();
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    void this.shell.host.setBackground(!paused).catch((error: unknown) => this.shell.report(error));
    this.shell.changed();
  }

  /** Forgets what the engine told before it was started anew. */
  reset(): void {
    this.info = undefined;
    this.appended = 0;
    this.since = undefined;
  }
}
