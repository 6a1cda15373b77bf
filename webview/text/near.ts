const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Runs `work` once when the element comes near the screen; at once where that cannot be observed. */
export function whenNear(element: Element, work: () => void): void {
  if (typeof IntersectionObserver === "undefined") {
    work();
    return;
  }
  observer ??= new IntersectionObserver(run, { rootMargin: "600px" });
  waiting.set(element, work);
  observer.observe(element);
}

function run(entries: readonly IntersectionObserverEntry[]): void {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    observer?.unobserve(entry.target);
    waiting.get(entry.target)?.();
    waiting.delete(entry.target);
  }
}
