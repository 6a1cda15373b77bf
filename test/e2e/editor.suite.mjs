// What VS Code itself adds to the view: settings, marks, mappings, folders, the clipboard, problems.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { eventually } from "../support/eventually.mjs";
import { openWorkbench } from "../support/workbench.mjs";

export const title = "Editor features, extension from source";

const odd = { meta: { task: "What is 2 + 3?", gen: [{ out: "Two and three make five. So the answer is 5." }] } };

const packedRecords = 90;
/** Many records of 300 KB, most of it noise beside the trace: a packed file with several places to begin again. */
function manyRecords(lines) {
  const record = (line, i) => JSON.stringify({ ...JSON.parse(line), id: `packed-${i}`, note: randomBytes(225_000).toString("base64") });
  return Array.from({ length: packedRecords }, (_, i) => `${record(lines[i % lines.length], i)}\n`).join("");
}

export async function before(context) {
  writeFileSync(join(context.folder, "odd.jsonl"), `${JSON.stringify(odd)}\n`);
  mkdirSync(join(context.folder, "shards"));
  const lines = readFileSync(join(context.folder, "samples.jsonl"), "utf8").trim().split("\n");
  writeFileSync(join(context.folder, "shards/part-1.jsonl"), `${lines.slice(0, 3).join("\n")}\n`);
  writeFileSync(join(context.folder, "shards/part-2.jsonl"), `${lines.slice(3, 5).join("\n")}\n`);
  writeFileSync(join(context.folder, "packed.jsonl.gz"), gzipSync(manyRecords(lines), { level: 1 }));
  context.workbench = await openWorkbench({
    folder: context.folder,
    dev: context.root,
    logFile: join(context.root, "test/out/editor.log"),
  });
  await context.workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
}

export const after = (context) => context.workbench?.close();

const text = (locator) => locator.textContent();

const selectedId = async (view) => (await text(view.locator(".lr.on .id").first())).trim();
const pick = async (page, label) => {
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: label }).first();
  await row.waitFor({ timeout: 10_000 });
  await row.click();
};
const closeAll = (workbench) => workbench.run("View: Close All Editors");
const settingsOf = (folder) => JSON.parse(readFileSync(join(folder, ".vscode/settings.json"), "utf8"));

/** Opens the first record with a flag that can be dismissed, and its first flag. */
async function openFlag(workbench, view) {
  await view.locator(".q input").fill("flag:reverify,repeat,restate");
  await eventually(async () => assert.match(await text(view.locator(".cnt")), /^[1-9]\d* of/));
  // A query is drawn a moment before its rows are.
  await workbench.page.waitForTimeout(500);
  await view.locator(".lr:not(.h)").first().click();
  await view.locator(".uh").first().waitFor();
  await view.locator(".u").first().click();
  await workbench.page.waitForTimeout(300);
  await workbench.run("Reasoning Trace: Next Flag");
}

export const tests = {
  "s and a digit sort by a column, again reverses": async ({ workbench }) => {
    const view = await workbench.openInspector("samples.jsonl");
    await view.locator(".lr:not(.h)").nth(3).waitFor();
    const firstRow = () => text(view.locator(".lr:not(.h)").first());
    await view.locator(".u").first().click();
    await workbench.page.waitForTimeout(400);
    const before = await firstRow();
    await workbench.page.keyboard.press("s");
    await workbench.page.keyboard.press("5");
    const longest = await eventually(async () => {
      const now = await firstRow();
      assert.notEqual(now, before);
      return now;
    });
    await workbench.run("Reasoning Trace: Sort by Tokens");
    await eventually(async () => assert.notEqual(await firstRow(), longest));
  },

  "a mark asks where it is kept, is written beside the file, and is undone": async ({ workbench, folder, screens }) => {
    const view = workbench.view();
    const sidecar = join(folder, "samples.jsonl.rti.json");
    await openFlag(workbench, view);
    await workbench.run("Reasoning Trace: Mark as Not Redundant");
    await workbench.page.locator(".quick-input-title", { hasText: "Where should marks" }).waitFor();
    await workbench.screenshot(join(screens, "mark-asks-where-dark.png"));
    assert.equal(existsSync(sidecar), false);
    await pick(workbench.page, "beside the file");
    await eventually(() => assert.match(readFileSync(sidecar, "utf8"), /"rule":"[a-z-]+"/));
    await view.getByText("marked as not redundant").first().waitFor();
    await workbench.screenshot(join(screens, "marked-dark.png"));
    await workbench.run("Reasoning Trace: Undo Last Mark");
    await eventually(() => assert.match(readFileSync(sidecar, "utf8"), /"notRedundant": \[\]/));
    await eventually(async () => assert.equal(await view.getByText("marked as not redundant").count(), 0));
  },

  "a mark that comes with a colleague's sidecar is shown": async ({ workbench, folder }) => {
    const view = workbench.view();
    const sidecar = join(folder, "samples.jsonl.rti.json");
    await workbench.run("Reasoning Trace: Mark as Not Redundant");
    await view.getByText("marked as not redundant").first().waitFor();
    const written = readFileSync(sidecar, "utf8");
    await workbench.run("Reasoning Trace: Undo Last Mark");
    await eventually(async () => assert.equal(await view.getByText("marked as not redundant").count(), 0));
    writeFileSync(sidecar, written);
    await view.getByText("marked as not redundant").first().waitFor();
    await view.locator(".q input").fill("");
  },

  "f sets a step's function right: shown as corrected, written beside the file, undone": async ({ workbench, folder, screens }) => {
    const view = workbench.view();
    const sidecar = join(folder, "samples.jsonl.rti.json");
    const step = view.locator('.u[data-step="1"]').first();
    // The filter of the test before has just been cleared: rows move until all are back.
    await eventually(async () => assert.equal(await view.locator(".lr:not(.h)").count(), 28));
    await view.locator(".lr:not(.h)", { hasText: "atlas-large" }).first().click();
    await step.locator(".g").click();
    await view.locator('.u.on[data-step="1"]').waitFor();
    const before = await text(step.locator(".l"));
    await workbench.page.keyboard.press("f");
    await workbench.page.locator(".quick-input-title", { hasText: "Set Function or Role" }).waitFor();
    await workbench.page.waitForTimeout(300);
    await workbench.screenshot(join(screens, "set-function-dark.png"));
    await pick(workbench.page, "an approach dropped or changed");
    await eventually(async () => assert.equal(await text(step.locator(".l.own")), "switch"));
    assert.notEqual(before, "switch");
    await view.getByText("1 label set by a reader").waitFor();
    await eventually(() => assert.match(readFileSync(sidecar, "utf8"), /"labels": \[\n.*"label":"switch"/));
    await workbench.screenshot(join(screens, "function-set-dark.png"));
    await workbench.run("Reasoning Trace: Undo Last Mark");
    await eventually(async () => assert.equal(await text(step.locator(".l")), before));
    assert.doesNotMatch(readFileSync(sidecar, "utf8"), /"labels"/);
  },

  "a rule that is switched off in the settings marks nothing": async ({ workbench, folder }) => {
    const view = workbench.view();
    await view.locator(".q input").fill("flag:loop");
    await eventually(async () => assert.match(await text(view.locator(".cnt")), /1 of 28/));
    mkdirSync(join(folder, ".vscode"), { recursive: true });
    writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({ "reasoningTrace.rules": { loop: false } }));
    await eventually(async () => assert.match(await text(view.locator("body")), /No record matches/), 20_000);
    writeFileSync(join(folder, ".vscode/settings.json"), "{}");
    await eventually(async () => assert.match(await text(view.locator(".cnt")), /1 of 28/), 20_000);
    await view.locator(".q input").fill("");
    await closeAll(workbench);
  },

  "fields of a file that nobody recognises are mapped with a preview": async ({ workbench, folder, screens }) => {
    const { page } = workbench;
    await workbench.openFile("odd.jsonl");
    await page.locator(".monaco-editor .view-line", { hasText: "Two and three" }).first().waitFor({ timeout: 20_000 });
    await workbench.run("Reasoning Trace: Map Fields…");
    await pick(page, "the chain of thought");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "meta.gen[0].out" }).first().waitFor();
    await page.keyboard.type("gen[0].out");
    await page.locator(".quick-input-title", { hasText: "reasoning 44 characters" }).waitFor();
    await workbench.screenshot(join(screens, "map-fields-dark.png"));
    await page.keyboard.press("Enter");
    await pick(page, "what the model was asked");
    await pick(page, "meta.task");
    await workbench.screenshot(join(screens, "map-fields-ready-dark.png"));
    await pick(page, "Save");
    await pick(page, "this file");
    await eventually(() =>
      assert.deepEqual(settingsOf(folder)["reasoningTrace.mappings"], {
        "odd.jsonl": { question: "meta.task", reasoning: "meta.gen[0].out" },
      }),
    );
    const view = workbench.view();
    await view.locator(".uh").first().waitFor({ timeout: 20_000 });
    assert.match(await text(view.locator("rti-trace")), /What is 2 \+ 3\?/);
    await closeAll(workbench);
  },

  "a folder of shards opens as one list": async ({ workbench, screens }) => {
    await workbench.runFromMenu("shards", "Open Folder as Traces…");
    await workbench.page.locator("iframe.webview.ready").first().waitFor({ timeout: 20_000 });
    const view = workbench.view();
    await eventually(async () => assert.match(await text(view.locator(".cnt")), /5 records/));
    await workbench.screenshot(join(screens, "folder-dark.png"));
    await closeAll(workbench);
  },

  "a large packed file shows its last record and its first, also when it is opened again": async ({ workbench }) => {
    for (let opening = 0; opening < 2; opening++) {
      const view = await workbench.openInspector("packed.jsonl.gz");
      await eventually(async () => assert.match(await text(view.locator(".cnt")), new RegExp(`^${packedRecords} records`)), 20_000);
      for (const [key, record] of [
        ["End", packedRecords - 1],
        ["Home", 0],
      ]) {
        await view.locator(".lr:not(.h)").first().click();
        await workbench.page.keyboard.press(key);
        await eventually(async () => assert.equal(await selectedId(view), `packed-${record}`));
        await view.locator(".uh").first().waitFor();
      }
      await closeAll(workbench);
    }
  },

  "the clipboard opens as traces": async ({ workbench, folder }) => {
    const lines = readFileSync(join(folder, "samples.jsonl"), "utf8").trim().split("\n").slice(0, 2);
    await workbench.page.getByRole("treeitem", { name: "shards" }).first().click();
    await workbench.page.evaluate((value) => navigator.clipboard.writeText(value), lines.join("\n"));
    await workbench.run("Reasoning Trace: Open Clipboard as Traces");
    await workbench.page.locator("iframe.webview.ready").first().waitFor({ timeout: 20_000 });
    await eventually(async () => assert.match(await text(workbench.view().locator(".cnt")), /2 records/));
    await closeAll(workbench);
  },

  "broken lines are listed in the Problems panel, with a link": async ({ workbench, screens }) => {
    const view = await workbench.openInspector("broken.jsonl");
    await view.locator(".lr").first().waitFor();
    await workbench.run("Problems: Focus on Problems View");
    const row = workbench.page.locator(".markers-panel .monaco-list-row", { hasText: "unterminated string" }).first();
    await row.waitFor({ timeout: 10_000 });
    await workbench.screenshot(join(screens, "problems-dark.png"));
    await row.getByText("line 2").click({ modifiers: ["Control"] });
    await workbench.page.locator(".tab", { hasText: "broken.jsonl line 2" }).first().waitFor();
    await workbench.run("View: Hide Panel");
    await closeAll(workbench);
  },

  "an empty file fills in the inspector": async ({ workbench, folder }) => {
    const view = await workbench.openInspector("empty.jsonl");
    await view.getByText("This file has no records").waitFor();
    const lines = readFileSync(join(folder, "samples.jsonl"), "utf8").trim().split("\n");
    appendFileSync(join(folder, "empty.jsonl"), `${lines[0]}\n${lines[1]}\n`);
    await view.locator(".uh").first().waitFor({ timeout: 20_000 });
    await eventually(async () => assert.match(await text(view.locator(".cnt")), /2 records/));
    assert.ok(await selectedId(view));
    await closeAll(workbench);
  },

  "a rule is explained on a page": async ({ workbench, screens }) => {
    await workbench.run("Reasoning Trace: Explain Flag Rule…");
    await pick(workbench.page, "Verifies again, nothing changes");
    await workbench.page.locator(".tab", { hasText: "reverify.md" }).first().waitFor({ timeout: 20_000 });
    await workbench.page.waitForTimeout(1500);
    await workbench.screenshot(join(screens, "rule-page-dark.png"));
    await closeAll(workbench);
  },

  "no console errors, no policy violations, no request to another host": async ({ workbench }) => {
    assert.deepEqual(workbench.problems, []);
    assert.deepEqual(workbench.foreign, []);
  },
};
