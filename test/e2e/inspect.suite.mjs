// What a user does with one file of traces, in VS Code's workbench with the extension run from source.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../support/eventually.mjs";
import { openWorkbench } from "../support/workbench.mjs";

export const title = "Inspect and Compare, extension from source";

export async function before(context) {
  context.workbench = await openWorkbench({
    folder: context.folder,
    dev: context.root,
    logFile: join(context.root, "test/out/inspect.log"),
  });
  await context.workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
}

export const after = (context) => context.workbench?.close();

const text = (locator) => locator.textContent();
const field = (view) => view.locator(".q input");

const selectedId = async (view) => (await text(view.locator(".lr.on .id").first())).trim();
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

export const tests = {
  "a .jsonl from the explorer opens in the inspector": async ({ workbench }) => {
    const view = await workbench.openInspector("samples.jsonl");
    await view.locator(".uh").first().waitFor();
    await workbench.hideSideBar();
    assert.match(await text(view.locator(".cnt")), /28 records/);
    assert.ok((await view.locator(".lr").count()) > 20, "rows are shown");
    assert.ok((await view.locator(".u").count()) > 3, "steps are shown");
    const chrome = await workbench.page.locator(".part.statusbar").textContent();
    assert.match(chrome, /unit 1 of \d+/);
  },

  "the question keeps its money and shows its maths": async ({ workbench }) => {
    const question = workbench.view().locator(".qn").first();
    assert.match(await text(question), /\$3 per metre\. Mia has \$60/);
    assert.ok((await question.locator(".katex").count()) >= 1);
  },

  "raw shows the text character for character": async ({ workbench, folder }) => {
    const view = workbench.view();
    const record = JSON.parse(readFileSync(join(folder, "samples.jsonl"), "utf8").split("\n")[1]);
    const thinking = record.response.split("<think>")[1].split("</think>")[0];
    await view.locator(".lr:not(.h)").nth(1).click();
    await eventually(async () => assert.match(await text(view.locator(".crumb").first()), /atlas-mini/));
    await workbench.run("Reasoning Trace: Toggle Raw");
    await eventually(async () => {
      const shown = await view.locator(".u[data-step] .tt").evaluateAll((steps) => steps.map((step) => step.textContent).join(""));
      assert.equal(shown, thinking);
    });
    await workbench.run("Reasoning Trace: Toggle Raw");
    await view.locator(".lr:not(.h)").nth(0).click();
    await eventually(async () => assert.match(await text(view.locator(".crumb").first()), /atlas-large/));
  },

  "a flag leads to its evidence": async ({ workbench, screens }) => {
    const view = workbench.view();
    await eventually(async () => assert.match(await text(view.locator(".crumb").first()), /atlas-large/));
    await workbench.run("Reasoning Trace: Next Flag");
    await view.locator(".chip").first().waitFor();
    await workbench.run("Reasoning Trace: Show Evidence");
    const peek = view.locator(".peek").first();
    await peek.waitFor();
    assert.match(await text(peek), /re-verifies unit|repeats|restates/);
    assert.ok((await peek.locator(".same").count()) > 0, "shared words are marked");
    await workbench.screenshot(join(screens, "inspect-evidence-dark.png"));
    await workbench.page.keyboard.press("Escape");
  },

  "palette commands move by step, unit and record": async ({ workbench }) => {
    const view = workbench.view();
    const step = () => workbench.page.locator(".part.statusbar").textContent();
    const before = await step();
    await workbench.run("Reasoning Trace: Next Step");
    await eventually(async () => assert.notEqual(await step(), before));
    await workbench.run("Reasoning Trace: Next Unit");
    await workbench.run("Reasoning Trace: Previous Unit");
    const id = await selectedId(view);
    await workbench.run("Reasoning Trace: Next Record");
    await workbench.run("Reasoning Trace: Next Record");
    await eventually(async () => assert.notEqual(await selectedId(view), id));
    await workbench.run("Reasoning Trace: Previous Record");
    await workbench.run("Reasoning Trace: Previous Record");
    await eventually(async () => assert.equal(await selectedId(view), id));
  },

  "single keys work in the view and not in the query field": async ({ workbench }) => {
    const view = workbench.view();
    await view.locator(".u").first().click();
    await eventually(async () => {
      await workbench.page.keyboard.press("j");
      assert.match(await workbench.page.locator(".part.statusbar").textContent(), /step [2-9] of/);
    });
    await workbench.page.keyboard.press("/");
    await eventually(async () => assert.equal(await field(view).evaluate((input) => input === document.activeElement), true));
    await workbench.page.waitForTimeout(300);
    await workbench.page.keyboard.type("join");
    assert.equal(await field(view).inputValue(), "join");
    await field(view).fill("");
    await workbench.page.keyboard.press("Escape");
  },

  "a query filters the list": async ({ workbench, screens }) => {
    const view = workbench.view();
    await field(view).fill("correct:false -is:malformed");
    await eventually(async () => assert.match(await text(view.locator(".cnt")), /^[1-9]\d* of 28/));
    await field(view).fill("flag:loop");
    await eventually(async () => assert.match(await text(view.locator(".cnt")), /1 of 28/));
    await field(view).fill("tokens:>100000 correct:true");
    await view.getByText(/No record matches/).waitFor();
    await workbench.screenshot(join(screens, "inspect-no-match-dark.png"));
    await field(view).fill("");
    await eventually(async () => assert.match(await text(view.locator(".cnt")), /28 records/));
  },

  "redundant units fold and open again": async ({ workbench, screens }) => {
    const view = workbench.view();
    await view.locator(".lr:not(.h)").first().click();
    await view.locator(".uh").first().waitFor();
    await workbench.run("Reasoning Trace: Fold Redundant Units");
    await view.getByRole("button", { name: "Unfold redundant" }).waitFor();
    await workbench.run("Reasoning Trace: Go to Last Step");
    await view.locator('.uh .tw[aria-expanded="false"]').first().waitFor();
    await workbench.screenshot(join(screens, "inspect-folded-dark.png"));
    await workbench.run("Reasoning Trace: Fold Redundant Units");
    await view.getByRole("button", { name: "Fold redundant", exact: true }).waitFor();
  },

  "copy unit and copy record give the source": async ({ workbench, folder }) => {
    await workbench.run("Reasoning Trace: Go to First Step");
    await workbench.run("Reasoning Trace: Copy Unit");
    await eventually(async () => assert.match(await clipboard(workbench.page), /Mia has \$60/));
    await workbench.run("Reasoning Trace: Copy Record as JSON");
    const line = readFileSync(join(folder, "samples.jsonl"), "utf8").split("\n")[0];
    await eventually(async () => assert.equal((await clipboard(workbench.page)).trim(), line));
  },

  "the analysis opens as JSON": async ({ workbench }) => {
    await workbench.run("Reasoning Trace: Show Analysis as JSON");
    await workbench.page.locator(".monaco-editor .view-line", { hasText: '"finalAnswer"' }).first().waitFor({ timeout: 20_000 });
    await workbench.run("View: Close Editor");
  },

  "Compare sets teacher and student side by side": async ({ workbench, screens }) => {
    const view = workbench.view();
    await view.locator(".uh").first().waitFor();
    await workbench.run("Reasoning Trace: Compare with Student");
    const compare = view.locator("rti-compare");
    await compare.locator(".cr").first().waitFor({ timeout: 20_000 });
    assert.match(await text(compare), /teacher/);
    assert.match(await text(compare), /student/);
    assert.match(await text(compare), /Answers agree|Answers differ/);
    await workbench.screenshot(join(screens, "compare-dark.png"));
  },

  "the two traces open in VS Code's own diff editor": async ({ workbench, screens }) => {
    await workbench.run("Reasoning Trace: Compare Traces Side by Side");
    await workbench.page.locator(".monaco-diff-editor .view-line").first().waitFor({ timeout: 20_000 });
    await workbench.screenshot(join(screens, "native-diff-dark.png"));
    await workbench.run("View: Close Editor");
  },

  "hiding the tab and a reload of the window keep record and query": async ({ workbench }) => {
    let view = workbench.view();
    await view.getByRole("tab", { name: "Inspect" }).click();
    await field(view).fill("model:mini");
    await eventually(async () => assert.match(await text(view.locator(".cnt")), /of 28/));
    await eventually(async () => assert.ok((await view.locator(".lr:not(.h)").count()) < 20));
    await view.locator(".lr:not(.h)").nth(2).click();
    const id = await eventually(() => selectedId(view));
    await workbench.run("File: New Untitled Text File");
    await workbench.page.locator(".monaco-editor").first().waitFor();
    await workbench.run("View: Close Editor");
    view = workbench.view();
    await eventually(async () => assert.equal(await selectedId(view), id));
    await workbench.reload();
    view = workbench.view();
    await eventually(async () => assert.equal(await field(view).inputValue(), "model:mini"), 30_000);
    await eventually(async () => assert.equal(await selectedId(view), id));
    await field(view).fill("");
  },

  "a broken line is a row with its error, an empty file says so": async ({ workbench, screens }) => {
    await workbench.run("View: Close All Editors");
    let view = await workbench.openInspector("broken.jsonl");
    await view
      .getByText(/not valid JSON/)
      .first()
      .waitFor();
    await view
      .getByText(/not valid JSON/)
      .first()
      .click();
    await view.getByText(/Line 2 is not valid JSON/).waitFor();
    await workbench.screenshot(join(screens, "broken-line-dark.png"));
    await workbench.run("View: Close All Editors");
    view = await workbench.openInspector("empty.jsonl");
    await view.getByText("This file has no records").waitFor();
    await workbench.run("View: Close All Editors");
  },

  "a file without traces goes back to the text editor": async ({ workbench }) => {
    await workbench.openFile("metrics.jsonl");
    await workbench.page.locator(".monaco-editor .view-line", { hasText: '"loss"' }).first().waitFor({ timeout: 20_000 });
    await eventually(async () => assert.equal(await workbench.page.locator("iframe.webview.ready").count(), 0));
    await workbench.run("View: Close All Editors");
  },

  "one command leads to the text and back": async ({ workbench }) => {
    const view = await workbench.openInspector("rollouts.jsonl");
    await view.locator(".uh").first().waitFor();
    await workbench.run("Reasoning Trace: Open as Text");
    await workbench.page.locator(".monaco-editor .view-line", { hasText: "combinatorics" }).first().waitFor({ timeout: 20_000 });
    await workbench.run("Reasoning Trace: Open in Inspector");
    await workbench.page.locator("iframe.webview.ready").first().waitFor();
    await workbench.run("View: Close All Editors");
  },

  "no console errors, no policy violations, no request to another host": async ({ workbench }) => {
    assert.deepEqual(workbench.problems, []);
    assert.deepEqual(workbench.foreign, []);
  },
};
