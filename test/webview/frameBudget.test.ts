// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FrameBudget } from "../../webview/text/frameBudget";

describe("work shared out over frames", () => {
  let now = 0;
  let frames: (() => void)[] = [];
  const nextFrame = (): void => {
    const due = frames;
    frames = [];
    for (const frame of due) frame();
  };
  beforeEach(() => {
    now = 0;
    frames = [];
    vi.spyOn(performance, "now").mockImplementation(() => now);
    vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  const slow = (element: HTMLElement): void => {
    now += 3;
    element.textContent = "done";
  };
  const rows = (count: number): HTMLElement[] =>
    Array.from({ length: count }, () => document.body.appendChild(document.createElement("p")));

  it("does what fits at once, the rest in order in later frames, and shows something meanwhile", () => {
    const budget = new FrameBudget();
    const all = rows(6);
    for (const row of all)
      budget.run(row, slow, (element) => {
        element.textContent = "wait";
      });
    const shown = (): string => all.map((row) => row.textContent?.[0]).join("");
    expect(shown()).toBe("ddwwww");
    nextFrame();
    expect(shown()).toBe("ddddww");
    nextFrame();
    expect(shown()).toBe("dddddd");
    expect(budget.size).toBe(0);
    expect(frames).toHaveLength(0);
  });

  it("drops work on elements that left the page, and replaces earlier work by later", () => {
    const budget = new FrameBudget();
    const [first, second, gone, changed] = rows(4);
    if (!first || !second || !gone || !changed) throw new Error("no rows");
    for (const row of [first, second, gone, changed]) budget.run(row, slow, undefined);
    budget.run(changed, (element) => element.append("later"), undefined);
    gone.remove();
    nextFrame();
    expect(gone.textContent).toBe("");
    expect(changed.textContent).toBe("later");
  });
});
