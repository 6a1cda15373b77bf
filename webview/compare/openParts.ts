/** What of the view is open besides the rows: a panel, the list of pairs, the whole question, the missing steps. */
import type { Panel } from "./pairHeader";

/** One per view; calls `changed` whenever something opens or closes. */
export class OpenParts {
  panel: Panel = "pair";
  pairs = false;
  missing = false;
  question = false;

  constructor(private readonly changed: () => void) {}

  show(panel: Panel): void {
    this.panel = panel;
    this.changed();
  }

  /** Shows a panel, or the pair where the panel is shown already. */
  toggle(panel: Panel): void {
    this.show(this.panel === panel ? "pair" : panel);
  }

  toggleMissing(): void {
    this.missing = !this.missing;
    this.changed();
  }

  toggleQuestion(): void {
    this.question = !this.question;
    this.changed();
  }

  /** Opens or closes the list of pairs; true when that changed something. */
  setPairs(open: boolean): boolean {
    const other = open !== this.pairs;
    this.pairs = open;
    this.changed();
    return other;
  }

  /** Another pair is shown: what belongs to the one before closes. */
  forget(): void {
    this.missing = false;
    this.question = false;
  }

  /** Closes the panel or else the missing steps; false when neither is open. */
  closeTop(): boolean {
    const open = this.panel !== "pair" || this.missing;
    if (this.panel !== "pair") this.panel = "pair";
    else this.missing = false;
    this.changed();
    return open;
  }
}
