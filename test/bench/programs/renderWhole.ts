/** Renders a whole text at once in the webview's page, formulas included: what a viewer without windows does. Evaluated inside the real webview. */
import { cutPieces } from "../../../webview/text/pieces";
import { renderStepText } from "../../../webview/text/renderText";

declare global {
  /** Milliseconds until the whole text is painted, and those of them spent sanitising. */
  var renderWhole: ((text: string) => Promise<{ readonly ms: number; readonly sanitising: number }>) | undefined;
  /** Milliseconds spent sanitising so far; counted by the module that stands in for the sanitiser. */
  var sanitisingMs: number | undefined;
}

const painted = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

globalThis.renderWhole = async (text) => {
  const box = document.createElement("div");
  box.className = "tt";
  box.style.width = "640px";
  globalThis.sanitisingMs = 0;
  const begun = performance.now();
  for (const { start, end } of cutPieces(text)) {
    const piece = document.createElement("div");
    renderStepText(piece, text.slice(start, end), { raw: false, baseOffset: start });
    box.append(piece);
  }
  document.querySelector("rti-app")?.append(box);
  await painted();
  const ms = performance.now() - begun;
  box.remove();
  return { ms, sanitising: globalThis.sanitisingMs ?? 0 };
};
