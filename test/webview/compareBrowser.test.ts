import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ViewCommand } from "../../src/protocol/host";
import { axeSource, chromiumPath, type Harness, startHarness } from "./compareHarness/browser.mjs";

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
    await command("lastStep");
    expect(await selected()).not.toBe(start);
    await command("nextRecord");
    await page.waitForFunction(() => document.querySelector(".crumb b")?.textContent === "sum/2");
    await command("swapSides");
    await page.waitForFunction(() => document.querySelector(".pick .nm1")?.textContent === "student");
    expect(await page.textContent(".crumb b")).toBe("sum/2");
    await page.close();
  });

  it("stacks when narrow and never scrolls sideways", async () => {
    const { page } = await open("vscode-light", 600);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, document.querySelector(".rows")?.scrollWidth ?? 0]);
    expect(Math.max(...widths)).toBeLessThanOrEqual(600);
    await page.close();
  });
});
