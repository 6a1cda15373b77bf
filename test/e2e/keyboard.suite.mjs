// A reader who never touches the mouse: strip, lane, folds, find, list, marks, copying, raw text, each by its keys.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../support/eventually.mjs";
import { openWorkbench } from "../support/workbench.mjs";

export const title = "Reading by the keyboard alone";

export async function before(context) {
  context.workbench = await openWorkbench({ folder: context.folder, dev: context.root, width: 1360, height: 820 });
  await context.workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
}

export const after = (context) => context.workbench?.close();

const text = async (locator) => (await locator.textContent()).trim();

/** Opens a file and puts the focus into the text; from here on only keys are pressed. */
async function open({ workbench }, file) {
  await workbench.run("View: Close All Editors");
  const view = await workbench.openInspector(file);
  await workbench.hideSideBar();
  await view.locator(".u[data-step]").first().waitFor();
  await view.locator(".read").focus();
  // The editor learns where the focus is a moment later; keys pressed before go to the workbench.
  await workbench.page.waitForTimeout(500);
  return view;
}

const press = async ({ workbench }, ...keys) => {
  for (const key of keys) await workbench.page.keyboard.press(key);
};

const stepOf = (view) => view.locator('.u[aria-current="step"]').first().getAttribute("data-step");
const clipboard = ({ workbench }) => workbench.page.evaluate(() => navigator.clipboard.readText());

/** The record at a line of a file of the workspace. */
const recordAt = ({ folder }, file, line) => JSON.parse(readFileSync(join(folder, file), "utf8").split("\n")[line]);

export const tests = {
  "steps, units, answers and flags come one after the other": async (context) => {
    const view = await open(context, "samples.jsonl");
    await press(context, "j");
    await eventually(async () => assert.equal(await stepOf(view), "1"));
    await press(context, "Shift+J");
    await eventually(async () => assert.ok(Number(await stepOf(view)) > 1));
    await press(context, "g", "a");
    await eventually(async () => assert.ok((await view.locator('.u[aria-current="step"] .an').count()) > 0));
    await press(context, "g", "g");
    await eventually(async () => assert.equal(await stepOf(view), "0"));
    await press(context, "n");
    await eventually(async () => assert.ok((await view.locator('.u[aria-current="step"] .chip, .uh .chip').count()) > 0));
  },

  "the strip zooms in and out, and says where the reader is": async (context) => {
    const view = await open(context, "samples.jsonl");
    const axis = () => text(view.locator(".strip .ax"));
    const whole = await axis();
    await press(context, "=", "=");
    await eventually(async () => assert.notEqual(await axis(), whole));
    await press(context, "-");
    await press(context, "0");
    await eventually(async () => assert.equal(await axis(), whole));
    assert.match(await view.locator(".strip[role=slider]").getAttribute("aria-valuetext"), /unit \d+ of \d+.*step \d+/);
  },

  "the record's own numbers in a second lane": async (context) => {
    const view = await open(context, "reading.jsonl");
    await press(context, "]", "]");
    await eventually(async () => assert.equal(await text(view.locator(".crumb b").first()), "logprobs/1"));
    await press(context, "Shift+L");
    await view.locator(".lpl svg").waitFor();
    assert.ok((await view.locator(".tk").count()) > 0);
    await press(context, "Shift+L");
    await eventually(async () => assert.equal(await view.locator(".lpl").count(), 0));
  },

  "units, functions and flagged steps fold": async (context) => {
    const view = await open(context, "samples.jsonl");
    await press(context, "o");
    await view.locator(".uh.fd").first().waitFor();
    await press(context, "o");
    await eventually(async () => assert.equal(await view.locator(".uh.fd").count(), 0));
    await press(context, "Shift+O");
    await view.getByRole("button", { name: "Unfold redundant" }).waitFor();
    await press(context, "Shift+O");
    await view.getByRole("button", { name: "Fold redundant", exact: true }).waitFor();
    const button = view.locator(".fs .pickbox button").first();
    await button.focus();
    await press(context, "Enter");
    const entries = view.locator(".fs .menu button");
    await entries.first().waitFor();
    const focused = () => view.locator(".fs .menu button:focus").count();
    await eventually(async () => assert.equal(await focused(), 1));
    const derive = view.getByRole("menuitemcheckbox", { name: /derive/ });
    await derive.focus();
    await press(context, "Enter");
    await view.locator(".fold", { hasText: "folded step" }).first().waitFor();
    await derive.focus();
    await press(context, "Enter");
    await press(context, "Escape");
    await eventually(async () => assert.equal(await view.locator(".fs .menu").count(), 0));
  },

  "find counts, opens what hides a match and goes through the file": async (context) => {
    const view = await open(context, "samples.jsonl");
    await press(context, "o", "Control+f");
    await view.locator(".findbar input:focus").waitFor();
    await context.workbench.page.keyboard.type("the");
    await eventually(async () => assert.match(await text(view.locator(".findbar .n").first()), /^\d+ of \d+/));
    await view.locator(".find-hit.current").waitFor();
    const at = await text(view.locator(".findbar .n").first());
    await press(context, "Enter");
    await eventually(async () => assert.notEqual(await text(view.locator(".findbar .n").first()), at));
    await press(context, "Shift+F3");
    await eventually(async () => assert.equal(await text(view.locator(".findbar .n").first()), at));
    await eventually(async () => assert.match(await text(view.locator(".findbar .rec")), /\d+ records?/));
    await press(context, "Escape");
    await eventually(async () => assert.equal(await view.locator(".findbar").count(), 0));
  },

  "a flag is dismissed and taken back": async (context) => {
    const view = await open(context, "samples.jsonl");
    await press(context, "n", "e");
    await view.locator(".peek").waitFor();
    await press(context, "x");
    const where = context.workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "workspace's storage" });
    if (
      await where.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      )
    )
      await press(context, "Enter");
    await view.getByText(/1 marked as not redundant/).waitFor();
    await view.locator(".read").focus();
    // The editor hears a moment late that the view has the focus again; a key before that is nobody's.
    await eventually(async () => {
      if ((await view.getByText(/1 marked as not redundant/).count()) === 0) return;
      await press(context, "x");
      await eventually(async () => assert.equal(await view.getByText(/1 marked as not redundant/).count(), 0), 2000);
    });
  },

  "raw is the source character by character, and a copied step too": async (context) => {
    const view = await open(context, "samples.jsonl");
    await press(context, "r");
    await view.locator(".u.raw[data-step]").first().waitFor();
    await press(context, "r");
    await eventually(async () => assert.equal(await view.locator(".u.raw[data-step]").count(), 0));
    await press(context, "j", "c");
    const words = JSON.stringify(recordAt(context, "samples.jsonl", 0));
    await eventually(async () => {
      const copied = (await clipboard(context)).trim();
      assert.ok(copied.length > 10);
      assert.ok(words.includes(JSON.stringify(copied.slice(0, 60)).slice(1, -1)));
    });
  },

  "records by keys, with how many were read; columns from their menu": async (context) => {
    const view = await open(context, "samples.jsonl");
    await press(context, "]", "]");
    await eventually(async () => assert.match(await text(view.locator(".lfoot")), /3 of 28 read|[4-9] of 28 read|\d\d of 28 read/));
    await press(context, "s", "9");
    await view.locator(".lfoot", { hasText: "likely bad first" }).waitFor();
    await press(context, "s", "0");
    await view.locator(".colbtn").focus();
    await press(context, "Enter");
    const model = view.getByRole("menuitemcheckbox", { name: /model/ });
    await model.waitFor();
    await model.focus();
    await press(context, "Enter");
    await eventually(async () => assert.equal(await view.locator(".lr.h .hb", { hasText: "model" }).count(), 0));
    await model.focus();
    await press(context, "Enter");
    await press(context, "Escape");
    await view.locator(".lr.h .hb", { hasText: "model" }).waitFor();
  },

  "the sheet of keys opens and closes; in a field keys write": async (context) => {
    const view = await open(context, "samples.jsonl");
    await press(context, "Shift+/");
    await view.locator(".keys").waitFor();
    await press(context, "Escape");
    await eventually(async () => assert.equal(await view.locator(".keys").count(), 0));
    await view.locator(".read").focus();
    await press(context, "/");
    await view.locator("rti-query input:focus, rti-query textarea:focus").waitFor();
    await context.workbench.page.waitForTimeout(300);
    await context.workbench.page.keyboard.type("jr");
    await eventually(async () => assert.equal(await view.locator(".u.raw[data-step]").count(), 0));
    assert.equal(await view.locator("rti-query input, rti-query textarea").first().inputValue(), "jr");
    await press(context, "Control+a", "Delete", "Escape");
  },

  "no console errors, no policy violations, no request to another host": async ({ workbench }) => {
    assert.deepEqual(workbench.problems, []);
    assert.deepEqual(workbench.foreign, []);
  },
};
