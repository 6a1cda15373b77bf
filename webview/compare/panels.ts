/** What Compare shows beside the pair: the list of pairs in a popover, all pairs together, all answers to one question. */
import { html, type TemplateResult } from "lit";
import type { JoinKey, PairRow } from "../../src/protocol/engine";
import type { HostRequests } from "../../src/protocol/host";
import "./answersPanel";
import { answersOf } from "./answersPanel";
import type { PairRefs, PairSort } from "./pairing";
import "./pairList";
import type { PairSession } from "./pairSession";
import "./setPanel";

/** What the panels ask of the view. */
export interface PanelActions {
  readonly host: HostRequests;
  open(pair: PairRefs): void;
  /** The pairs chosen in a list. */
  chosen(pairs: readonly PairRefs[]): void;
  diffs(pairs: readonly PairRefs[]): void;
  exportAll(): void;
  closePairs(): void;
}

/** The list of pairs over the view. */
export function pairPopover(session: PairSession, actions: PanelActions): TemplateResult {
  return html`<div class="pop pairs" role="dialog" aria-label="Pairs" @keydown=${(event: KeyboardEvent) => {
    if (event.key === "Escape") actions.closePairs();
  }}><rti-pairs .page=${session.loader.page} .rows=${session.pairs()} .pair=${session.refs} .sort=${session.sort.key} .descending=${session.sort.descending} .joinBy=${session.joinBy}
      @rti-pair-join=${(event: CustomEvent<JoinKey | undefined>) => session.setJoin(event.detail)}
      @rti-pair-sort=${(event: CustomEvent<PairSort>) => session.setSort(event.detail)} @rti-pair=${(event: CustomEvent<PairRow>) => actions.open(event.detail)}
      @rti-pairs-seen=${(event: CustomEvent<readonly PairRow[]>) => session.seen(event.detail)} @rti-pairs-chosen=${(
        event: CustomEvent<readonly PairRow[]>,
      ) =>
        actions.chosen(
          event.detail,
        )} @rti-pair-diffs=${(event: CustomEvent<readonly PairRow[]>) => actions.diffs(event.detail)}></rti-pairs></div>
      <div class="popback" @click=${() => actions.closePairs()}></div>`;
}

/** All pairs together: figures, a scatter and the list. */
export function setPanel(session: PairSession, actions: PanelActions): TemplateResult {
  return html`<div></div><rti-pair-set .host=${actions.host} .request=${session.loader.request} .page=${session.loader.page} .rows=${session.pairs()} .pair=${session.refs} .sort=${session.sort.key} .descending=${session.sort.descending} .joinBy=${session.joinBy}
        @rti-pair-join=${(event: CustomEvent<JoinKey | undefined>) => session.setJoin(event.detail)}
        @rti-pair=${(event: CustomEvent<PairRefs>) => actions.open(event.detail)} @rti-pair-sort=${(event: CustomEvent<PairSort>) => session.setSort(event.detail)}
        @rti-pairs-seen=${(event: CustomEvent<readonly PairRow[]>) => session.seen(event.detail)} @rti-pairs-chosen=${(
          event: CustomEvent<readonly PairRow[]>,
        ) => actions.chosen(event.detail)} @rti-pair-diffs=${(event: CustomEvent<readonly PairRow[]>) => actions.diffs(event.detail)}
        @rti-pair-export=${() => actions.exportAll()}></rti-pair-set>`;
}

/** All answers to the open pair's question. */
export function answersPanel(session: PairSession, actions: PanelActions): TemplateResult {
  const { pair } = session;
  const refs = pair ? answersOf(pair.teacher, session.refs) : [];
  return html`<div></div><rti-answers .host=${actions.host} .refs=${refs} .pair=${session.refs} @rti-pair=${(event: CustomEvent<PairRefs>) => actions.open(event.detail)}></rti-answers>`;
}
