/** Long output of code inside a text: its first lines, until it is opened. All of it stays in the page, for finding and copying. */

/** Lines shown while folded, and how many more there must be for folding to be worth it. */
const shownLines = 8;
const spareLines = 2;

/** Folds a block whose code is long, with a button below that opens it. */
export function foldOutput(block: HTMLElement, code: HTMLElement, content: string): void {
  const lines = content.split("\n").length;
  if (lines <= shownLines + spareLines) return;
  block.classList.add("folded");
  const button = document.createElement("button");
  button.className = "tx-fold";
  button.setAttribute("aria-expanded", "false");
  button.dataset.words = `${(lines - shownLines).toLocaleString("en")} more lines`;
  button.setAttribute("aria-label", `${button.dataset.words} of output`);
  button.addEventListener("click", () => openOutput(code));
  block.append(button);
}

/** Opens the folded output that holds an element, if one does. */
export function openOutput(inside: Element): void {
  const block = inside.closest(".tx-output.folded");
  block?.classList.remove("folded");
  block?.querySelector(".tx-fold")?.remove();
}
