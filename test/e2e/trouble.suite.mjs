// What goes wrong while a file is open: it is deleted, it comes back, the engine dies.
import assert from "node:assert/strict";
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../support/eventually.mjs";
import { packExtension } from "../support/tinyExtension.mjs";
import { openWorkbench } from "../support/workbench.mjs";

export const title = "Trouble while a file is open";

/** Shares the extension host with ours: sees the worker threads that are made there, ends the newest one on command, and opens a file outside the workspace. */
const reaper = `const vscode = require("vscode");
const threads = require("node:worker_threads");
const made = [];
class Seen extends threads.Worker { constructor(...args) { super(...args); if (/dist.worker\\.js$/.test(String(args[0]))) made.push(this); } }
threads.Worker = Seen;
exports.activate = (context) => context.subscriptions.push(
  vscode.commands.registerCommand("reaper.end", () => made.at(-1)?.terminate()),
  vscode.commands.registerCommand("reaper.open", () => vscode.commands.executeCommand("vscode.open", vscode.Uri.file(process.env.RTI_OUTSIDE))),
);`;

export async function before(context) {
  context.scratch = mkdtempSync(join(tmpdir(), "rti-trouble-"));
  const manifest = {
    name: "reaper",
    activationEvents: ["*"],
    contributes: {
      commands: [
        { command: "reaper.end", title: "Test: End the Newest Reader" },
        { command: "reaper.open", title: "Test: Open the File Outside" },
      ],
    },
  };
  context.workbench = await openWorkbench({
    folder: context.folder,
    dev: context.root,
    vsix: packExtension(context.scratch, manifest, reaper),
    logFile: join(context.root, "test/out/trouble.log"),
    env: { RTI_OUTSIDE: join(context.scratch, "outside.jsonl") },
  });
  await context.workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
  // Without a reader it ends nothing, but it is active from then on and sees the ones to come.
  await context.workbench.run("Test: End the Newest Reader");
}

export async function after(context) {
  await context.workbench?.close();
  rmSync(context.scratch, { recursive: true, force: true });
}

const text = (locator) => locator.textContent();

export const tests = {
  "a reader that dies is started again, and says so": async ({ workbench, screens }) => {
    const view = await workbench.openInspector("samples.jsonl");
    await view.locator(".uh").first().waitFor();
    await workbench.run("Test: End the Newest Reader");
    const notice = view.locator(".banners .notice");
    await eventually(async () => assert.match(await text(notice), /stopped and was started again/));
    await workbench.screenshot(join(screens, "reader-started-again-dark.png"));
    await view.locator(".lr:not(.h)").nth(4).click();
    await eventually(async () => assert.equal(await view.locator(".lr.on").getAttribute("data-position"), "4"));
    await view.locator(".uh").first().waitFor();
    await notice.getByRole("button", { name: "Got it" }).click();
    assert.equal(await view.locator(".banners").count(), 0);
  },

  "one that dies again and again is left alone, and says what to do": async ({ workbench }) => {
    const view = workbench.view();
    for (let turn = 0; turn < 2; turn++) {
      await workbench.run("Test: End the Newest Reader");
      await workbench.page.waitForTimeout(1500);
    }
    await eventually(async () => assert.match(await text(view.locator(".banners")), /was not started again.*Open the file as text/));
    await workbench.run("View: Close All Editors");
  },

  "a file outside the workspace grows, is deleted, comes back": async ({ workbench, folder, scratch, screens }) => {
    const path = join(scratch, "outside.jsonl");
    copyFileSync(join(folder, "broken.jsonl"), path);
    await workbench.run("Test: Open the File Outside");
    await workbench.page.locator("iframe.webview.ready").first().waitFor();
    const view = workbench.view();
    await view.locator(".uh").first().waitFor();
    const rows = Number((await text(view.locator(".cnt"))).match(/\d+/)[0]);
    appendFileSync(path, readFileSync(join(folder, "samples.jsonl"), "utf8").split("\n")[0].concat("\n"));
    await eventually(async () => assert.match(await text(view.locator(".cnt")), new RegExp(`^${rows + 1} records`)), 15_000);
    const shown = await text(view.locator(".crumb b").first());
    renameSync(path, `${path}.away`);
    await eventually(async () => assert.match(await text(view.locator(".banners")), /outside\.jsonl was deleted or moved/), 15_000);
    assert.equal(await text(view.locator(".crumb b").first()), shown);
    assert.ok((await view.locator(".u[data-step]").count()) > 0);
    await workbench.screenshot(join(screens, "file-deleted-dark.png"));
    renameSync(`${path}.away`, path);
    await eventually(async () => assert.doesNotMatch((await view.locator(".banners").allTextContents()).join(), /deleted/), 15_000);
    await view.locator(".uh").first().waitFor();
  },

  "no console errors, no policy violations, no request to another host": async ({ workbench }) => {
    assert.deepEqual(workbench.problems, []);
    assert.deepEqual(workbench.foreign, []);
  },
};
