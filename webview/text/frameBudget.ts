/** Shares costly work out over frames, so that no frame holds so much that the view stands still. */

/** Milliseconds of work in one frame. Style, layout and paint of what was made take about three times as long again. */
const frameMs = 5;

type Work = (element: HTMLElement) => void;

/** Work on elements, done at once while the frame has time and in later frames when it has not. Work on an element that has left the page is dropped. */
export class FrameBudget {
  private readonly waiting = new Map<HTMLElement, Work>();
  private spent = 0;
  private asked = false;

  /** Does `work` on an element now or soon; `meanwhile` is done at once when it must wait. Later work on an element takes the place of earlier. */
  run(element: HTMLElement, work: Work, meanwhile: Work | undefined): void {
    if (this.spent < frameMs) {
      this.waiting.delete(element);
      this.timed(element, work);
    } else {
      meanwhile?.(element);
      this.waiting.set(element, work);
    }
    this.askFrame();
  }

  /** Number of elements that wait. */
  get size(): number {
    return this.waiting.size;
  }

  private timed(element: HTMLElement, work: Work): void {
    const begun = performance.now();
    work(element);
    this.spent += performance.now() - begun;
  }

  private askFrame(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => this.frame());
  }

  private frame(): void {
    this.asked = false;
    this.spent = 0;
    for (const [element, work] of this.waiting) {
      if (this.spent >= frameMs) break;
      this.waiting.delete(element);
      if (element.isConnected) this.timed(element, work);
    }
    if (this.waiting.size > 0) this.askFrame();
  }
}

/** The one budget of the page. */
export const frameBudget = new FrameBudget();
