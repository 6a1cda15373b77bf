/** Work that can wait until what is on its way to the screen is there. */

/** A page in the background paints nothing: its work is done after this many milliseconds. */
const patienceMs = 200;

/** Runs `work` once, after the next frame has been painted. */
export function afterPaint(work: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    clearTimeout(patience);
    work();
  };
  const patience = setTimeout(once, patienceMs);
  requestAnimationFrame(() => setTimeout(once));
}
