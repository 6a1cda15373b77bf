/** Files beside the trace's own that a reader asks to see. */
import type { TraceRef } from "../../src/protocol/engine";
import type { Model } from "../state/model";
import type { MediaWish } from "../text/media";

/** Carries out a wish that a text of the open trace, or of one side of the open pair, sent. */
export async function showLocalMedia(model: Model, event: CustomEvent<MediaWish>): Promise<void> {
  const { address, show, refuse } = event.detail;
  const ref = traceOf(model, event.target);
  if (!ref) return;
  await model.host.showMedia(ref, address).then(
    ({ picture }) => show(picture),
    (error: unknown) => refuse(error instanceof Error ? error.message : String(error)),
  );
}

function traceOf({ state }: Model, target: EventTarget | null): TraceRef | undefined {
  if (state.view === "inspect") return state.ref;
  const side = target instanceof Element ? target.closest<HTMLElement>("[data-side]")?.dataset.side : undefined;
  return side === "S" ? state.pair?.student : state.pair?.teacher;
}
