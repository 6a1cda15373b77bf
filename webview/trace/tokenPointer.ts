/** Which token of the text the pointer is on, and where that token stands on the strip. */
import type { Analysis } from "../../src/core/analysis";
import { tokenOfOffset } from "../signals/lane";
import type { SignalScale } from "../signals/scale";
import { firstStepAt } from "./rows";
import { type HoveredToken, hoveredToken } from "./tokenHover";

/** `changed` hears of another token, or of none. */
export class TokenPointer {
  /** The token under the pointer, and where its card goes. */
  hovered: HoveredToken | undefined;

  constructor(private readonly changed: () => void) {}

  /** The pointer came over an element of the column. */
  over(target: EventTarget | null, signal: SignalScale | undefined, column: Element | null): void {
    const over = column && hoveredToken(target, signal, column);
    if (!over) this.leave();
    else if (over.entry !== this.hovered?.entry) {
      this.hovered = over;
      this.changed();
    }
  }

  /** The pointer left the tokens. */
  leave(): void {
    if (!this.hovered) return;
    this.hovered = undefined;
    this.changed();
  }

  /** The token's place in tokens of the trace, `starts` being those before each step; undefined for none. */
  place(analysis: Analysis | undefined, signal: SignalScale | undefined, starts: Float64Array): number | undefined {
    const start = this.hovered && signal?.signal.starts[this.hovered.entry];
    return analysis && start !== undefined ? tokenOfOffset(analysis, starts, firstStepAt(analysis, start), start) : undefined;
  }
}
