/** Which pair is open, between which sides, and the list it stands in. Knows nothing of how it is drawn. */
import { keepCorrections, recallCorrections, type StepPair } from "../../src/core/compare/corrections";
import type { Comparison, FileInfo, JoinKey, PairRow } from "../../src/protocol/engine";
import type { HostRequests, ViewState } from "../../src/protocol/host";
import type { SideName } from "./compareWords";
import { PairCache } from "./pairCache";
import { defaultSides, isPair, type PairRefs, type PairSort, type Sides, sameTrace, sidesOfPair } from "./pairing";
import { PairLoader } from "./pairLoader";
import { breakMatches, type Corrections, correctionsOf, noCorrections, setMatch, undo } from "./pins";

const queryDelayMs = 150;

/** The list's numbers, for the top bar. `position` is the open pair's place, −1 when it is not in the list. */
export interface PairCount {
  readonly matching: number;
  readonly total: number;
  readonly complete: boolean;
  /** Pairs aligned for the query or the order; 0 when neither asks for it. */
  readonly aligned: number;
  readonly position: number;
}

/** What a session tells its view. */
export interface SessionListener {
  changed(): void;
  /** A pair is there; `again` when the same traces were aligned anew. */
  shown(pair: Comparison, again: boolean): void;
  patch(change: Partial<ViewState>): void;
  counted(count: PairCount): void;
}

/** One per view. */
export class PairSession {
  info: FileInfo | undefined;
  sides: Sides | undefined;
  /** The pair that is open or being opened. */
  refs: PairRefs | undefined;
  pair: Comparison | undefined;
  loading = false;
  error: string | undefined;
  sort: { readonly key: PairSort; readonly descending: boolean } = { key: "file", descending: false };
  readonly loader = new PairLoader(() => this.pairsChanged());
  private peerInfo: FileInfo | undefined;
  private readonly cache = new PairCache(({ teacher, student }) => this.host.compare(teacher, student));
  private query = "";
  /** What joins the traces; the best key when undefined. */
  joinBy: JoinKey | undefined;
  private queryTimer: ReturnType<typeof setTimeout> | undefined;
  private serial = 0;
  /** Corrections of the open pair's alignment. */
  corrections: Corrections = noCorrections;
  private told = { position: -2, matching: -1 };

  constructor(
    readonly host: HostRequests,
    private state: ViewState,
    private readonly listener: SessionListener,
  ) {}

  async start(): Promise<void> {
    try {
      const info = await this.host.info();
      // What was told meanwhile is newer.
      this.info ??= info;
      if (this.state.peer !== undefined) await this.openPeer(this.state.peer);
    } catch (error) {
      this.error = words(error);
    }
    if (!this.sides) await this.chooseSides();
    this.listener.changed();
  }

  dispose(): void {
    this.serial++;
    this.loader.dispose();
    this.cache.clear();
    clearTimeout(this.queryTimer);
  }

  /** The file's index or analysis went on: names and counts may have changed. */
  progress(info: FileInfo): void {
    if (info.bytes !== this.info?.bytes) this.cache.clear();
    this.info = info;
    if (!this.sides) void this.chooseSides();
    this.listener.changed();
  }

  /** The view's state changed from outside: other sides, another pair or another query. */
  update(state: ViewState): void {
    const before = this.state;
    this.state = state;
    if (!this.info) return;
    void this.follow(state, before);
  }

  private async follow(state: ViewState, before: ViewState): Promise<void> {
    if (state.peer !== undefined && state.peer !== before.peer) await this.openPeer(state.peer).catch(() => undefined);
    if (state.sides && state.sides !== before.sides && !sameSides(state.sides, this.sides)) {
      this.sides = state.sides;
      if (!state.pair || isPair(state.pair, this.refs)) this.refs = undefined;
      this.loader.clear();
      this.reload();
    }
    if (state.pair && !isPair(state.pair, before.pair) && !isPair(state.pair, this.refs)) void this.open(state.pair);
    if (state.query === this.query) return;
    this.query = state.query;
    clearTimeout(this.queryTimer);
    this.queryTimer = setTimeout(() => this.reload(), queryDelayMs);
  }

  private async openPeer(path: string): Promise<void> {
    this.peerInfo = (await this.host.openPeer(path)).info;
  }

  private async chooseSides(): Promise<void> {
    this.sides = this.state.sides ?? (this.info && defaultSides(this.info));
    this.query = this.state.query;
    this.joinBy = this.state.joinBy;
    const { pair } = this.state;
    if (pair) void this.open(pair);
    if (this.sides) await this.load();
  }

  private async load(): Promise<void> {
    const { sides, query } = this;
    if (sides) await this.loader.load(this.host, { sides, query, joinBy: this.joinBy, align: this.sort.key === "divergence" });
  }

  private reload(): void {
    void this.load();
  }

  /** Pairs as the list shows them. */
  pairs(): readonly PairRow[] {
    return this.loader.ordered(this.sort.key, this.sort.descending);
  }

  /** These pairs are on screen: they are analysed before the others. */
  seen(rows: readonly PairRow[]): void {
    this.loader.prefer(this.host, rows);
  }

  /** Place of the open pair in the list, or −1. */
  get position(): number {
    return this.pairs().findIndex((row) => isPair(row, this.refs));
  }

  /** Models of the file that a side is in. */
  modelsOf(side: SideName): FileInfo["models"] {
    return (this.sides?.[side].file === 0 ? this.info : this.peerInfo)?.models ?? [];
  }

  /** Name of a side's file where the two sides are of two files; undefined where they are of one. */
  fileOf(side: SideName): string | undefined {
    if (!this.sides || this.sides.teacher.file === this.sides.student.file) return undefined;
    return (this.sides[side].file === 0 ? this.info : this.peerInfo)?.name;
  }

  private pairsChanged(): void {
    const pairs = this.pairs();
    const here = this.state.ref;
    const first = pairs.find((row) => sameTrace(row.teacher, here) || sameTrace(row.student, here)) ?? pairs[0];
    if (!this.refs && first) void this.open(first);
    this.count();
    this.listener.changed();
  }

  private count(): void {
    const { page } = this.loader;
    if (!page) return;
    const { position } = this;
    const { matching, total, joined, aligned } = page;
    // Without a query every pair is known once the records are read, long before they are analysed.
    const complete = page.complete || (joined && this.query.trim() === "" && this.sort.key !== "divergence");
    this.listener.counted({ matching, total, complete, aligned, position });
    if (position === this.told.position && matching === this.told.matching) return;
    this.told = { position, matching };
    this.listener.patch({ pairAt: position, pairCount: matching });
  }

  /** Opens a pair and remembers it in the view's state. */
  async open({ teacher, student }: PairRefs): Promise<void> {
    this.refs = { teacher, student };
    this.listener.patch({ pair: this.refs });
    await this.compare(false);
    this.count();
  }

  private async compare(again: boolean): Promise<void> {
    const { refs } = this;
    if (!refs) return;
    const serial = ++this.serial;
    this.loading = true;
    this.listener.changed();
    try {
      const pair = again ? await this.aligned(refs) : await this.recalled(refs);
      if (serial !== this.serial) return;
      this.pair = pair;
      this.error = undefined;
      this.fitSides(pair);
      this.listener.shown(pair, again);
      this.alignNeighbours();
    } catch (error) {
      if (serial !== this.serial) return;
      this.pair = undefined;
      this.error = words(error);
    }
    this.loading = false;
    this.listener.changed();
  }

  /** The pairs that the reader may go to next. */
  private alignNeighbours(): void {
    const pairs = this.pairs();
    const at = this.position;
    this.cache.ahead(at < 0 ? [] : [pairs[at + 1], pairs[at - 1]].filter((pair) => pair !== undefined));
  }

  private aligned({ teacher, student }: PairRefs): Promise<Comparison> {
    return this.host.compare(teacher, student, this.corrections.pins);
  }

  /** Opens a pair as it was left: aligned around what a person corrected in it before. */
  private async recalled(refs: PairRefs): Promise<Comparison> {
    this.corrections = noCorrections;
    const [pair, kept] = await Promise.all([
      this.cache.get(refs),
      this.host.corrections(refs.teacher, refs.student).catch(() => undefined),
    ]);
    const changes = kept ? recallCorrections(kept, pair.teacher, pair.student) : [];
    if (changes.length === 0 || !isPair(refs, this.refs)) return pair;
    this.corrections = correctionsOf(changes);
    return this.aligned(refs);
  }

  /** A pair from elsewhere may be of other models than the list: the list follows. */
  private fitSides(pair: Comparison): void {
    const sides = sidesOfPair(pair, this.sides);
    if (sides === this.sides) return;
    this.sides = sides;
    this.listener.patch({ sides });
    this.loader.clear();
    this.reload();
  }

  private correct(corrections: Corrections): void {
    const { pair } = this;
    if (corrections === this.corrections || !pair || !isPair({ teacher: pair.teacher.ref, student: pair.student.ref }, this.refs)) return;
    this.corrections = corrections;
    const kept = keepCorrections(corrections.changes, pair.teacher, pair.student);
    void this.host.keepCorrections(pair.teacher.ref, pair.student.ref, kept).catch((error: unknown) => this.host.showError(words(error)));
    void this.compare(true);
  }

  /** Never matches these steps of the open pair again, and aligns it anew. */
  breakMatches(matches: readonly StepPair[]): void {
    this.correct(breakMatches(this.corrections, matches));
  }

  /** Matches two steps of the open pair, and aligns the rest around them. */
  setMatch(teacher: number, student: number): void {
    this.correct(setMatch(this.corrections, [teacher, student]));
  }

  /** Takes back the last correction of the open pair. */
  undo(): void {
    this.correct(undo(this.corrections));
  }

  /** Opens the pair before or after this one. */
  stepPair(by: 1 | -1): void {
    const at = this.position;
    const next = this.pairs()[at < 0 ? 0 : at + by];
    if (next) void this.open(next);
  }

  /** Swaps teacher and student. */
  swap(): void {
    if (!this.sides) return;
    const { teacher, student } = this.sides;
    this.changeSides({ teacher: student, student: teacher }, this.refs && { teacher: this.refs.student, student: this.refs.teacher });
  }

  private changeSides(sides: Sides, pair?: PairRefs): void {
    this.sides = sides;
    this.refs = undefined;
    this.loader.clear();
    this.listener.patch({ sides });
    if (pair) void this.open(pair);
    this.reload();
    this.listener.changed();
  }

  chooseModel(side: SideName, model: string): void {
    if (this.sides) this.changeSides({ ...this.sides, [side]: { file: this.sides[side].file, model } });
  }

  /** Asks the host for two sides, of which one may be another file. */
  async pickSides(): Promise<void> {
    try {
      const picked = await this.host.pickSides();
      if (!picked) return;
      if (picked.peer !== undefined) {
        await this.openPeer(picked.peer);
        this.listener.patch({ peer: picked.peer });
      }
      this.changeSides({ teacher: picked.teacher, student: picked.student });
    } catch (error) {
      await this.host.showError(words(error));
    }
  }

  /** Joins the traces by another key: the pairs are others, the open one stays. */
  setJoin(joinBy: JoinKey | undefined): void {
    this.joinBy = joinBy;
    this.listener.patch({ joinBy });
    this.loader.clear();
    this.reload();
    this.listener.changed();
  }

  /** Orders the list by a column; the same column again reverses. */
  setSort(key: PairSort): void {
    this.sort = { key, descending: this.sort.key === key ? !this.sort.descending : false };
    if (key === "divergence") this.reload();
    this.count();
    this.listener.changed();
  }
}

const sameSides = (a: Sides, b: Sides | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A failure in words. */
export const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));
