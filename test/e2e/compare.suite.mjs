// Teacher and student in VS Code's workbench, with the extension run from source.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../support/eventually.mjs";
import { memoryFiles } from "../support/memoryFiles.mjs";
import { openWorkbench } from "../support/workbench.mjs";

export const title = "Compare, extension from source";

export async function before(context) {
  context.workbench = await openWorkbench({
    folder: context.folder,
    dev: context.root,
    vsix: memoryFiles(context.folder),
    logFile: join(context.root, "test/out/compare.log"),
  });
  await context.workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
  await context.workbench.openInspector("samples.jsonl");
  await context.workbench.hideSideBar();
}

export const after = (context) => context.workbench?.close();

const text = (locator) => locator.textContent();
const statusBar = (workbench) => workbench.page.locator(".part.statusbar").textContent();

const thinking = {
  teacher: [
    "Let the width of the garden be $w$ metres, so that its length is $2w$ metres.",
    "The fence around the garden measures 66 metres, so $6w = 66$. Dividing both sides by six gives a width of 11 metres.",
    "So the area of the garden is $11 \\cdot 22 = 242$ square metres.",
  ],
  student: [
    "Let the width of the garden be \\(w\\) metres, so that its length is \\(2w\\) metres.",
    "The fence around the garden measures 66 metres, so \\(6w = 66\\).",
    "Dividing both sides by six gives a width of 11 metres.",
    "So the area of the garden is \\(11 \\cdot 22 = 232\\) square metres.",
  ],
};

/** Both traces name their own steps, so that the cut does not depend on the segmentation. */
const gardens = () =>
  Object.entries(thinking)
    .map(([model, steps]) => `${JSON.stringify({ id: "garden/1", question: "How large is the garden?", model, steps, answer: "242" })}\n`)
    .join("");

export const tests = {
  "a trace is the teacher of its own question's pair": async ({ workbench, screens }) => {
    const view = workbench.view();
    await view.locator(".lr:not(.h)").nth(2).click();
    await eventually(async () => assert.match(await text(view.locator(".crumb").first()), /number_theory\/212/));
    await workbench.run("Reasoning Trace: Compare with Student");
    const compare = view.locator("rti-compare");
    await compare.locator(".cr").first().waitFor({ timeout: 20_000 });
    assert.match(await text(compare.locator(".crumb")), /number_theory\/212/);
    assert.match(await text(compare.locator(".pick").nth(0)), /^\s*teacher\s*atlas-large/);
    assert.match(await text(compare.locator(".pick").nth(1)), /^\s*student\s*atlas-mini/);
    await eventually(async () => assert.match(await text(view.locator(".cnt")), /^\s*13 pairs/));
    await eventually(async () => assert.match(await statusBar(workbench), /pair 2 of 13/));
    await workbench.screenshot(join(screens, "compare-pair.png"));
  },

  "the query filters pairs, and keys go through them": async ({ workbench }) => {
    const view = workbench.view();
    await view.locator(".q input").fill("agree:false");
    await eventually(async () => assert.match(await text(view.locator(".cnt")), /^\s*3 of 13 pairs/));
    await eventually(async () => assert.match(await statusBar(workbench), /pair 1 of 3/));
    await view.locator(".rows").focus();
    // The host hears of the focus a moment later; before that the key belongs to the field.
    await workbench.page.waitForTimeout(500);
    await workbench.page.keyboard.press("]");
    await eventually(async () => assert.match(await statusBar(workbench), /pair 2 of 3/));
    await view.locator(".q input").fill("divergence:<60%");
    await eventually(async () => assert.match(await text(view.locator(".cnt")), /^\s*\d+ of 13 pairs\s*$/));
    await view.locator(".q input").fill("");
    await eventually(async () => assert.match(await text(view.locator(".cnt")), /^\s*13 pairs\s*$/));
  },

  "all pairs are counted together, and a click opens one": async ({ workbench, screens }) => {
    const view = workbench.view();
    await view.locator("rti-compare").getByRole("button", { name: "All pairs" }).click();
    await eventually(async () => assert.match(await text(view.locator(".pst caption")), /^13 pairs$/));
    await workbench.screenshot(join(screens, "compare-all-pairs.png"));
    await view.locator(".psr .plr", { hasText: "logic/1024" }).click();
    await eventually(async () => assert.match(await text(view.locator("rti-compare .crumb")), /logic\/1024/));
  },

  "find goes through both texts": async ({ workbench }) => {
    const view = workbench.view();
    await view.locator(".rows").focus();
    await workbench.run("Reasoning Trace: Find in Trace");
    await view.locator(".findbar input").fill("box");
    await eventually(async () => assert.match(await text(view.locator(".findbar .n")), /^1 of \d+/));
    assert.ok((await view.locator(".find-hit.current").count()) === 1);
    await workbench.page.keyboard.press("Escape");
    await eventually(async () => assert.equal(await view.locator(".findbar").count(), 0));
  },

  "all pairs are exported as lines with their alignment": async ({ workbench, folder }) => {
    const view = workbench.view();
    await view.locator("select[aria-label=Export]").selectOption("jsonl");
    const input = workbench.page.locator(".quick-input-widget input").first();
    await eventually(async () => assert.match(await input.inputValue(), /samples\.pairs\.jsonl$/));
    await input.press("Enter");
    const saved = join(folder, "samples.pairs.jsonl");
    await eventually(async () => assert.equal(readFileSync(saved, "utf8").trim().split("\n").length, 13));
    const first = JSON.parse(readFileSync(saved, "utf8").split("\n")[0]);
    assert.equal(first.teacher.model, "atlas-large");
    assert.ok(first.steps.length > 3);
  },

  "several pairs chosen in the list open in one diff editor": async ({ workbench, screens }) => {
    const view = workbench.view();
    await view.locator("rti-compare").getByRole("button", { name: "All pairs" }).click();
    const rows = view.locator(".psr .plist .plr");
    await rows.nth(1).locator("input").click();
    await rows
      .nth(3)
      .locator("input")
      .click({ modifiers: ["Shift"] });
    await eventually(async () => assert.match(await text(view.locator(".psr .lfoot")), /3\s*chosen/));
    await workbench.screenshot(join(screens, "compare-chosen-pairs.png"));
    await view.locator(".psr .lfoot button", { hasText: "Diff Editor" }).click();
    const multi = workbench.page.locator(".monaco-component.multiDiffEditor");
    await multi.waitFor({ timeout: 20_000 });
    await eventually(async () => assert.ok((await multi.locator(".multiDiffEntry").count()) >= 2));
    await eventually(async () => assert.match(await text(workbench.page.locator(".tab.active").first()), /samples\.jsonl: 3 pairs/));
    await workbench.screenshot(join(screens, "compare-multi-diff.png"));
    await workbench.run("View: Close Editor");
    await workbench.view().locator("rti-compare .cr").first().waitFor({ timeout: 20_000 });
  },

  "a match broken by its key stays broken after a reload, and is taken back": async ({ workbench, screens }) => {
    const view = workbench.view();
    const rows = view.locator("rti-compare .rows");
    await rows.focus();
    await workbench.page.waitForTimeout(500);
    await view.locator(".cr:has(.bar2) .cell .g").first().click();
    const scores = () => view.locator(".cr .spn").allTextContents();
    const before = await scores();
    await rows.focus();
    await workbench.page.keyboard.press("b");
    await eventually(async () => assert.match(await text(view.locator("rti-compare .crumb")), /1 correction/));
    await eventually(async () => assert.notDeepEqual(await scores(), before));
    await workbench.page.waitForTimeout(500);
    await workbench.reload();
    await eventually(async () => assert.match(await text(workbench.view().locator("rti-compare .crumb")), /1 correction/));
    await workbench.screenshot(join(screens, "compare-correction.png"));
    await workbench.view().locator("rti-compare .rows").focus();
    await workbench.page.waitForTimeout(500);
    await workbench.page.keyboard.press("Control+z");
    await eventually(async () => assert.doesNotMatch(await text(workbench.view().locator("rti-compare .crumb")), /correction/));
  },

  "one step of the teacher stands beside two of the student": async ({ workbench, folder, screens }) => {
    // One view alone: which of several is looked at depends on the order in which they are ready.
    await workbench.run("View: Close All Editors");
    writeFileSync(join(folder, "gardens.jsonl"), gardens());
    await workbench.openInspector("gardens.jsonl");
    await workbench.run("Reasoning Trace: Show Compare View");
    const compare = workbench.view().locator("rti-compare");
    await compare.locator(".cr").first().waitFor({ timeout: 20_000 });
    await workbench.run("Reasoning Trace: Fold Redundant Units");
    const row = compare.locator(".cr", { has: workbench.view().locator(".cells") });
    await row.first().waitFor({ timeout: 20_000 });
    assert.equal(await row.locator('.cells .cell[data-side="S"]').count(), 2);
    assert.match(await text(row.locator(".spn")), /split/);
    // The first step differs in the delimiters of its formulas only.
    assert.match(await text(compare.locator(".cr .spn").first()), /=/);
    await workbench.screenshot(join(screens, "compare-split.png"));
  },

  "pairs and pages are saved through a file system that is not on this machine": async ({ workbench, folder }) => {
    await workbench.run("View: Close All Editors");
    await workbench.run("Memory: Open Samples");
    await workbench.view().locator(".lr:not(.h)").first().waitFor({ timeout: 20_000 });
    await workbench.run("Reasoning Trace: Show Compare View");
    const compare = workbench.view().locator("rti-compare");
    await compare.locator(".cr, .cuh").first().waitFor({ timeout: 20_000 });
    const saved = async (entry, name) => {
      await workbench.view().locator("select[aria-label=Export]").selectOption(entry);
      const input = workbench.page.locator(".quick-input-widget input").first();
      await eventually(async () => assert.match(await input.inputValue(), name));
      const path = await input.inputValue();
      await input.press("Enter");
      return eventually(() => readFileSync(join(folder, "in-memory", path.slice(path.lastIndexOf("/") + 1)), "utf8"));
    };
    const lines = await saved("jsonl", /\/traces\/samples\.pairs\.jsonl$/);
    assert.equal(lines.trim().split("\n").length, 13);
    assert.match(await saved("html", /\/traces\/.+\.html$/), /^<!DOCTYPE html>/);
  },

  "nothing was blocked and nothing left the machine": async ({ workbench }) => {
    assert.deepEqual(workbench.foreign ?? [], []);
  },
};
