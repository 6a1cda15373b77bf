import { frameBudget } from "./frameBudget";

const waiting = new WeakMap<HTMLElement, () => void>();
let observer: IntersectionObserver | undefined;

/** Runs `work` once when the element comes near the screen and a frame has time for it; at once where that cannot be observed. */
export function whenNear(element: HTMLElement, work: () => void): void {
  if (typeof IntersectionObserver === "undefined") {
    work();
    return;
  }
  observer ??= new IntersectionObserver(run, { rootMargin: "600px" });
  waiting.set(element, work);
  observer.observe(element);
}

function run(entries: readonly IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) {
    const work = target instanceof HTMLElement && isIntersecting ? waiting.get(target) : undefined;
    if (!work || !(target instanceof HTMLElement)) continue;
    observer?.unobserve(target);
    waiting.delete(target);
    frameBudget.run(target, work, undefined);
  }
}
