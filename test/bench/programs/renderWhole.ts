/** Renders a whole text at once in the webview's page, formulas included: what a viewer without windows does. Evaluated inside the real webview. */
import { renderStepText } from "../../../webview/text/renderText";

declare global {
  /** Milliseconds of one render of the text, and those of them spent sanitising. */
  var renderWhole: ((text: string) => { readonly ms: number; readonly sanitising: number }) | undefined;
  /** Milliseconds spent sanitising so far; counted by the module that stands in for the sanitiser. */
  var sanitisingMs: number | undefined;
}

/** Everything counts as near, so that nothing waits for a scroll. */
class EverythingNear {
  constructor(private readonly told: IntersectionObserverCallback) {}
  observe(target: Element): void {
    const entry = { target, isIntersecting: true, intersectionRatio: 1 };
    Reflect.apply(this.told, undefined, [[entry], this]);
  }
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return [];
  }
}
Reflect.set(globalThis, "IntersectionObserver", EverythingNear);

globalThis.renderWhole = (text) => {
  const box = document.createElement("div");
  document.body.append(box);
  globalThis.sanitisingMs = 0;
  const begun = performance.now();
  renderStepText(box, text, { raw: false, baseOffset: 0 });
  box.getBoundingClientRect();
  const ms = performance.now() - begun;
  box.remove();
  return { ms, sanitising: globalThis.sanitisingMs ?? 0 };
};
