/** The reader's marks on open files: read from sidecars, changed, undone. Where sidecars lie is the store's matter. */
import { changeMarks, type Mark } from "../core/annotate/marks";
import { formatSidecar, parseSidecar } from "../core/annotate/sidecar";

/** Where marks are kept: in the extension's own storage, or in a file beside the traces that can be shared. */
export const annotationPlaces = ["workspace", "besideFile"] as const;
export type AnnotationPlace = (typeof annotationPlaces)[number];

/** Reads and writes sidecars. */
export interface SidecarStore {
  /** The sidecar's text; undefined when there is none. */
  read(uri: string, place: AnnotationPlace): Promise<string | undefined>;
  write(uri: string, place: AnnotationPlace, text: string): Promise<void>;
  /** Where new marks of a file go. Asks the user the first time; undefined when cancelled. */
  choose(uri: string): Promise<AnnotationPlace | undefined>;
  /** What a sidecar is called in a message. */
  name(uri: string, place: AnnotationPlace): string;
}

interface Change {
  readonly uri: string;
  readonly added: readonly Mark[];
  readonly removed: readonly Mark[];
}

const undoable = 200;

/** Marks of all files, both places together. Changes of one file follow one another. */
export class Annotations {
  private readonly known = new Map<string, Promise<readonly Mark[]>>();
  private readonly history: Change[] = [];
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: SidecarStore,
    /** Hears the marks of a file whenever they changed. */
    private readonly changed: (uri: string, entries: readonly Mark[]) => void,
  ) {}

  /** Marks of a file. Rejects when a sidecar is there but is not understood. */
  entries(uri: string): Promise<readonly Mark[]> {
    const known = this.known.get(uri);
    if (known) return known;
    const reading = this.readAll(uri);
    this.known.set(uri, reading);
    reading.catch(() => this.known.delete(uri));
    return reading;
  }

  /** Adds and takes out marks. False, and nothing is written, when the user did not choose where to keep them. */
  change(uri: string, added: readonly Mark[], removed: readonly Mark[]): Promise<boolean> {
    return this.inTurn(async () => {
      const done = await this.apply({ uri, added, removed });
      if (done) this.history.push({ uri, added, removed });
      if (this.history.length > undoable) this.history.shift();
      return done;
    });
  }

  /** Takes the last change of a file back. False when there is none. */
  undo(uri: string): Promise<boolean> {
    return this.inTurn(async () => {
      const at = this.history.findLastIndex((change) => change.uri === uri);
      const [last] = at < 0 ? [] : this.history.splice(at, 1);
      return last ? this.apply({ uri, added: last.removed, removed: last.added }) : false;
    });
  }

  /** A sidecar changed on disk. */
  async reload(uri: string): Promise<void> {
    if (!this.known.delete(uri)) return;
    this.changed(uri, await this.entries(uri));
  }

  private async apply({ uri, added, removed }: Change): Promise<boolean> {
    const place = added.length > 0 ? await this.store.choose(uri) : undefined;
    if (added.length > 0 && !place) return false;
    for (const at of annotationPlaces) {
      const before = await this.read(uri, at);
      const after = changeMarks(before, at === place ? added : [], removed);
      const text = formatSidecar(after);
      if (text !== formatSidecar(before)) await this.store.write(uri, at, text);
    }
    this.known.delete(uri);
    this.changed(uri, await this.entries(uri));
    return true;
  }

  private async readAll(uri: string): Promise<readonly Mark[]> {
    const lists = await Promise.all(annotationPlaces.map((place) => this.read(uri, place)));
    return changeMarks(lists.flat(), [], []);
  }

  private async read(uri: string, place: AnnotationPlace): Promise<readonly Mark[]> {
    const text = await this.store.read(uri, place);
    if (text === undefined) return [];
    const parsed = parseSidecar(text);
    if (parsed.ok) return parsed.value;
    throw new Error(`${this.store.name(uri, place)} was not understood and is left as it is. ${parsed.error.message}`);
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(action, action);
    this.queue = turn.catch(() => undefined);
    return turn;
  }
}
