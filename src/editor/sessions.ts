/** The open files. Counted by their users; one without any lingers a few seconds, because a tab that moves closes and opens. */
import type { Session } from "./session";

/** Milliseconds that a session without users stays. */
export const lingerMs = 5_000;

interface Entry {
  readonly session: Promise<Session>;
  users: number;
  timer: NodeJS.Timeout | undefined;
}

/** A use of a session; release it exactly once (later calls do nothing). */
export interface Lease {
  readonly session: Session;
  release(): void;
}

/** A registry of sessions by URI. */
export class Sessions {
  private readonly entries = new Map<string, Entry>();

  /** `rest` is told of a session whose last user has gone (`true`), and again when it is acquired anew. */
  constructor(
    private readonly open: (uri: string) => Promise<Session>,
    private readonly rest: (session: Session, resting: boolean) => void = () => undefined,
  ) {}

  /** The file's session, opened when it is not open yet. Rejects when it cannot be opened; the next call tries again. */
  async acquire(uri: string): Promise<Lease> {
    const known = this.entries.get(uri);
    const entry = known ?? this.add(uri);
    const rested = known?.users === 0;
    entry.users++;
    clearTimeout(entry.timer);
    try {
      const session = await entry.session;
      if (rested) this.rest(session, false);
      return { session, release: once(() => this.release(uri, entry)) };
    } catch (error) {
      if (this.entries.get(uri) === entry) this.entries.delete(uri);
      throw error;
    }
  }

  /** Stops every engine. */
  dispose(): void {
    for (const [uri, entry] of this.entries) this.close(uri, entry);
  }

  private add(uri: string): Entry {
    const entry: Entry = { session: this.open(uri), users: 0, timer: undefined };
    this.entries.set(uri, entry);
    return entry;
  }

  private release(uri: string, entry: Entry): void {
    entry.users--;
    if (entry.users > 0 || this.entries.get(uri) !== entry) return;
    entry.timer = setTimeout(() => this.close(uri, entry), lingerMs);
    entry.session.then(
      (session) => entry.users === 0 && this.rest(session, true),
      () => undefined,
    );
  }

  private close(uri: string, entry: Entry): void {
    clearTimeout(entry.timer);
    this.entries.delete(uri);
    entry.session.then(
      (session) => session.dispose(),
      () => undefined,
    );
  }
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
