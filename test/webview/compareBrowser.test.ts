import type { LitElement } from "lit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ViewCommand } from "../../src/protocol/host";
import { axeSource, chromiumPath, type Harness, startHarness } from "./compareHarness/browser.mjs";

declare global {
  interface HTMLElementTagNameMap {
    "rti-compare": LitElement;
    "rti-pair-map": LitElement;
    "rti-pair-rows": LitElement;
  }
}

/** Traces of our own: a teacher who checks and a student who does not. */
const records = [
  {
    id: "rope/1",
    question: "Rope costs $3 per metre and Mia has $60. What area can she fence against a wall, at most?",
    reference: "50",
    model: "teacher",
    response:
      "<think>\nMia has $60, so she gets $60/3 = 20$ metres.\n\nThe constraint is\n\\[ x + 2y = 20. \\]\n\nSo the area is $A = (20 - 2y)y$, which is largest at $y = 5$.\n\nTherefore the area is 50.\n\nWait, let me check with $y = 4$: then $x = 12$ and the area is 48, which is less.\n\n| y | area |\n|---|---|\n| 4 | 48 |\n| 5 | 50 |\n\nSo the answer is 50.\n</think>\nThe answer is \\boxed{50}.",
  },
  {
    id: "rope/1",
    question: "Rope costs $3 per metre and Mia has $60. What area can she fence against a wall, at most?",
    reference: "50",
    model: "student",
    response:
      "<think>\nMia gets 20 metres.\n\nThe constraint is\n\\[ x + 2y = 20. \\]\n\nSo the area is $A = (20 - 2y)y$, which is largest at $y = 4$.\n\nTherefore the area is 48.\n</think>\nThe answer is \\boxed{48}.",
  },
  { id: "sum/2", question: "What is 2 + 3?", reference: "5", model: "teacher", response: "<think>\n2 + 3 = 5.\n</think>\n5" },
  { id: "sum/2", question: "What is 2 + 3?", reference: "5", model: "student", response: "<think>\n2 + 3 is 5.\n</think>\n5" },
];

describe.skipIf(chromiumPath === undefined)("the Compare view in Chromium (skipped where there is none)", () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(chromiumPath ?? "");
  }, 120_000);
  afterAll(() => harness?.close());

  const open = async (theme = "vscode-dark", width = 1392) => {
    const { page, problems } = await harness.open({ files: [{ name: "rope", records }] }, { theme, width, height: 785 });
    const command = (id: ViewCommand): Promise<boolean> => page.evaluate((name) => window.command(name), id);
    return { page, problems, command };
  };

  const openLong = async () => {
    const thinking = (seed: number): string =>
      Array.from({ length: 400 }, (_, n) => `Case ${n * seed}: adding ${n} and ${seed} gives $${n + seed}$.`).join("\n\n");
    const long = ["teacher", "student"].map((model, index) => ({
      id: "long/1",
      question: "?",
      model,
      response: `<think>\n${thinking(3 + index * 4)}\n</think>\n7`,
    }));
    const { page, problems } = await harness.open(
      { files: [{ name: "long", records: long }] },
      { theme: "vscode-dark", width: 1392, height: 785 },
    );
    await page.waitForSelector(".cs .row canvas");
    return { page, problems };
  };

  it.each(["vscode-dark", "vscode-light", "vscode-high-contrast"])("is accessible and keeps the security policy: %s", async (theme) => {
    const { page, problems } = await open(theme);
    await page.evaluate(axeSource());
    const violations = await page.evaluate(async () => {
      const result = await window.axe.run("#view");
      return result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
    });
    expect(violations).toEqual([]);
    expect(await page.evaluate(() => window.violations)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("shows both sides in raw form character for character", async () => {
    const { page, command } = await open();
    await command("foldRedundant");
    await command("toggleRaw");
    await page.waitForSelector(".tx-raw");
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll('.cell[data-side="T"] .tt')].map((element) => element.textContent ?? "").join(""),
    );
    expect(records[0]?.response).toContain(shown);
    expect(shown.length).toBeGreaterThan(300);
    await page.close();
  });

  it("copies the source of what is selected", async () => {
    const { page, command } = await open();
    await command("foldRedundant");
    await page.waitForSelector(".formula-display");
    const copied = await page.evaluate(() => {
      const cells = [...document.querySelectorAll('.cell[data-side="T"] .tt')];
      const first = cells.find((cell) => cell.querySelector(".formula-display"));
      document.getSelection()?.selectAllChildren(first ?? document.body);
      const data = new DataTransfer();
      document.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
      return data.getData("text/plain");
    });
    expect(copied).toContain("\\[ x + 2y = 20. \\]");
    await page.close();
  });

  it("moves by keys, opens the next pair, swaps sides", async () => {
    const { page, command } = await open();
    const selected = (): Promise<string | null> =>
      page.evaluate(() => document.querySelector(".rows")?.getAttribute("aria-activedescendant") ?? null);
    const start = await selected();
    await page.waitForFunction(() => document.querySelector(".pairnav")?.textContent?.includes("pair 1 of 2"));
    await command("lastStep");
    expect(await selected()).not.toBe(start);
    await command("nextRecord");
    await page.waitForFunction(() => document.querySelector(".crumb b")?.textContent === "sum/2");
    await command("swapSides");
    await page.waitForFunction(() => document.querySelector(".pick .nm1")?.textContent === "student");
    expect(await page.textContent(".crumb b")).toBe("sum/2");
    await page.close();
  });

  it("aligns around a match broken by hand, and takes it back", async () => {
    const { page, command } = await open();
    await command("foldRedundant");
    const scores = (): Promise<number> => page.evaluate(() => document.querySelectorAll(".cr .spn .bar2").length);
    const matched = await scores();
    await page.hover(".cr:has(.bar2)");
    await page.click(".cr:has(.bar2) .fix");
    await page.waitForFunction((before) => document.querySelectorAll(".cr .spn .bar2").length < before, matched);
    await page.click("text=1 correction");
    await page.waitForFunction((before) => document.querySelectorAll(".cr .spn .bar2").length === before, matched);
    await page.close();
  });

  it("matches two steps by hand", async () => {
    const { page, command } = await open();
    await command("foldRedundant");
    await page.waitForSelector(".cr .sgn");
    await page.evaluate(() => {
      const alone = [...document.querySelectorAll(".cr")].find((row) => row.querySelector(".sgn"));
      alone?.querySelector<HTMLElement>(".fix")?.click();
    });
    await page.waitForSelector(".matchbar");
    await page.click('.cr:has(.bar2) .cell[data-side="S"] .g');
    await page.waitForSelector(".spn .pinned");
    expect(await page.textContent(".crumb")).toContain("1 correction");
    await page.close();
  });

  it("finds in both texts and goes from match to match", async () => {
    const { page, command } = await open();
    await command("find");
    await page.waitForSelector(".findbar");
    await page.evaluate(() =>
      document
        .querySelector("rti-find")
        ?.dispatchEvent(
          new CustomEvent("rti-find", { detail: { text: "constraint", matchCase: false, word: false, regex: false }, bubbles: true }),
        ),
    );
    await page.waitForFunction(() => document.querySelectorAll(".find-hit").length === 2);
    expect(await page.textContent(".findbar .n")).toBe("1 of 2");
    await command("findNext");
    await page.waitForFunction(() => document.querySelector(".findbar .n")?.textContent === "2 of 2");
    expect(await page.evaluate(() => document.querySelectorAll(".find-hit.current").length)).toBe(1);
    await command("escape");
    await page.waitForFunction(() => document.querySelector("rti-find") === null);
    await page.close();
  });

  it("shows all pairs together; a click on the list opens one", async () => {
    const { page, problems } = await open();
    await page.click("text=All pairs");
    await page.waitForFunction(() => document.querySelector(".pst caption")?.textContent?.startsWith("2 pairs"));
    await page.waitForFunction(() => document.querySelectorAll(".psr .plist .plr").length === 2);
    expect(await page.textContent(".pst.tr")).toContain("teacher right");
    await page.evaluate(axeSource());
    const violations = await page.evaluate(async () =>
      (await window.axe.run("#view")).violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.html).join(" ")}`),
    );
    expect(violations).toEqual([]);
    await page.click(".psr .plr:has-text('sum/2')");
    await page.waitForFunction(() => document.querySelector(".crumb b")?.textContent === "sum/2");
    expect(problems).toEqual([]);
    await page.close();
  });

  it("saves the pair as one page that needs nothing else", async () => {
    const { page } = await open();
    await page.selectOption("select[aria-label=Export]", "html");
    await page.waitForFunction(() => window.asked.some((entry) => entry.startsWith("save ")));
    const saved = await page.evaluate(() => window.asked.find((entry) => entry.startsWith("save ")) ?? "");
    expect(saved).toMatch(/^save rope-1\.html <!DOCTYPE html>/);
    expect(saved).toContain("<math");
    expect(saved).not.toMatch(/<script|src="http|katex-html/);
    await page.selectOption("select[aria-label=Export]", "patch");
    await page.waitForFunction(() => window.asked.some((entry) => entry.startsWith("copy --- teacher")));
    await page.close();
  });

  it("draws a long pair's thin bars on a canvas; a click on one goes to its step", async () => {
    const { page, problems } = await openLong();
    const ink = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>(".cs .row canvas");
      const data = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return data.filter((_, at) => at % 4 === 3).filter((alpha) => alpha > 0).length;
    });
    expect(ink).toBeGreaterThan(1000);
    await page.click(".cs .row canvas", { position: { x: 600, y: 4 } });
    await page.waitForSelector(".cr.sel");
    const step = Number(await page.textContent(".cr.sel [data-side=T] .g .n"));
    expect(step).toBeGreaterThan(100);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("draws the rows alone while it is scrolled", async () => {
    const { page } = await openLong();
    await page.evaluate(() => window.command("foldRedundant"));
    await page.waitForSelector(".cr .tt");
    const drawn = await page.evaluate(async () => {
      const counts: Record<string, number> = {};
      for (const name of ["rti-compare", "rti-pair-map", "rti-pair-rows"] as const)
        document.querySelector(name)?.addController({ hostUpdated: () => (counts[name] = (counts[name] ?? 0) + 1) });
      const rows = document.querySelector(".rows");
      for (let turn = 0; turn < 5; turn++) {
        rows?.scrollBy(0, 600);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      }
      return counts;
    });
    expect(Object.keys(drawn)).toEqual(["rti-pair-rows"]);
    await page.close();
  });

  it("saves a page in which nothing of a hostile trace runs and nothing is fetched", async () => {
    const attacks = [
      "<script>window.hacked = 1</script> <img src=https://example.com/x.png onerror='window.hacked = 2'>",
      "[a link](javascript:window.hacked=3) ![a picture](https://example.com/y.png) <https://example.com/z>",
      "$\\href{javascript:window.hacked=4}{x}$ $\\includegraphics{https://example.com/p.png}$ $\\htmlData{x=1}{y}$ \u{F8F0}0\u{F8F1}",
      "<svg onload=window.hacked=5><style>@import 'https://example.com/s.css'</style><base href=https://example.com>",
    ];
    const hostile = ["teacher", "student"].map((model, index) => ({
      id: "</title><script>window.hacked = 6</script>",
      question: attacks[0],
      model,
      response: `<think>\n${[...attacks.slice(index), `So ${index} it is.`].join("\n\n")}\n</think>\n<b onclick=window.hacked=7>7</b>`,
    }));
    const { page } = await harness.open({ files: [{ name: "h", records: hostile }] }, { theme: "vscode-dark", width: 1200, height: 785 });
    await page.selectOption("select[aria-label=Export]", "html");
    await page.waitForFunction(() => window.asked.some((entry) => entry.startsWith("save ")));
    const saved = await page.evaluate(() => window.asked.find((entry) => entry.startsWith("save ")) ?? "");
    const fetched: string[] = [];
    await page.goto("about:blank");
    page.on("request", (request) => fetched.push(request.url()));
    await page.setContent(saved.slice(saved.indexOf("<!DOCTYPE")), { waitUntil: "load" });
    const found = await page.evaluate(() => {
      const elements = [...document.querySelectorAll("*")];
      const attributes = elements.flatMap((element) =>
        [...element.attributes].map(({ name, value }) => `${element.localName} ${name}=${value}`),
      );
      return {
        hacked: "hacked" in window,
        elements: elements
          .map(({ localName }) => localName)
          .filter((name) => ["script", "img", "svg", "iframe", "base", "link", "b"].includes(name)),
        attributes: attributes.filter((attribute) => / (?:on\w+|src|style)=| (?:href|action|data)=(?!#|https:)/.test(attribute)),
        words: document.body.textContent?.includes("window.hacked = 1"),
      };
    });
    expect(found).toEqual({ hacked: false, elements: [], attributes: [], words: true });
    expect(fetched).toEqual([]);
    await page.close();
  });

  it("cuts a long question after three lines and shows it whole on demand", async () => {
    const question = `Find the sum.\n\\[ a + b = c \\]\n${"A rope is laid around a field and cut again. ".repeat(20)}`;
    const long = records.slice(2).map((record) => ({ ...record, question }));
    const { page } = await harness.open({ files: [{ name: "long", records: long }] }, { theme: "vscode-dark", width: 900, height: 785 });
    const size = (): Promise<readonly number[]> =>
      page.evaluate(() => {
        const { width, height } = document.querySelector(".ch .qn")?.getBoundingClientRect() ?? { width: 0, height: 0 };
        return [width, height];
      });
    const [width = 0, height = 0] = await size();
    expect(width).toBeGreaterThan(800);
    expect(height).toBeGreaterThan(50);
    expect(height).toBeLessThan(75);
    await page.click(".ch .more");
    await page.waitForFunction((before) => (document.querySelector(".ch .qn")?.clientHeight ?? 0) > before + 40, height);
    await page.close();
  });

  it("keeps room for the rows in a window as low as at 200 %", async () => {
    const { page, problems } = await harness.open(
      { files: [{ name: "rope", records }] },
      { theme: "vscode-dark", width: 720, height: 450 },
    );
    expect(await page.evaluate(() => document.querySelector(".rows")?.clientHeight ?? 0)).toBeGreaterThan(250);
    await page.evaluate(() => window.command("lastStep"));
    await page.waitForFunction(() => {
      const box = document.querySelector(".sel")?.getBoundingClientRect();
      return box !== undefined && box.top >= 0 && box.top < window.innerHeight - 20;
    });
    expect(problems).toEqual([]);
    await page.close();
  });

  it("stacks when narrow and never scrolls sideways", async () => {
    const { page } = await open("vscode-light", 600);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, document.querySelector(".rows")?.scrollWidth ?? 0]);
    expect(Math.max(...widths)).toBeLessThanOrEqual(600);
    await page.close();
  });
});
