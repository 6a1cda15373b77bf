// What goes wrong while a file is open: it is deleted, it comes back, the engine dies.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../support/eventually.mjs";
import { packExtension } from "../support/tinyExtension.mjs";
import { openWorkbench } from "../support/workbench.mjs";

export const title = "Trouble while a file is open";

/** Shares the extension host with ours, sees the worker threads that are made there, and ends the newest one on command. */
const reaper = `const vscode = require("vscode");
const threads = require("node:worker_threads");
const made = [];
class Seen extends threads.Worker { constructor(...args) { super(...args); if (/dist.worker\\.js$/.test(String(args[0]))) made.push(this); } }
threads.Worker = Seen;
exports.activate = (context) => context.subscriptions.push(vscode.commands.registerCommand("reaper.end", () => made.at(-1)?.terminate()));`;

export async function before(context) {
  context.scratch = mkdtempSync(join(tmpdir(), "rti-trouble-"));
  const manifest = {
    name: "reaper",
    activationEvents: ["*"],
    contributes: { commands: [{ command: "reaper.end", title: "Test: End the Newest Reader" }] },
  };
  context.workbench = await openWorkbench({
    folder: context.folder,
    dev: context.root,
    vsix: packExtension(context.scratch, manifest, reaper),
    logFile: join(context.root, "test/out/trouble.log"),
  });
  await context.workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
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

  "a file that is deleted says so and stays readable; it comes back by itself": async ({ workbench, folder, scratch, screens }) => {
    const view = await workbench.openInspector("broken.jsonl");
    await view.locator(".uh").first().waitFor();
    const shown = await text(view.locator(".crumb b").first());
    const away = join(scratch, "broken.jsonl");
    renameSync(join(folder, "broken.jsonl"), away);
    await eventually(async () => assert.match(await text(view.locator(".banners")), /broken\.jsonl was deleted or moved/), 15_000);
    assert.equal(await text(view.locator(".crumb b").first()), shown);
    assert.ok((await view.locator(".u[data-step]").count()) > 0);
    await workbench.screenshot(join(screens, "file-deleted-dark.png"));
    renameSync(away, join(folder, "broken.jsonl"));
    await eventually(async () => assert.equal(await view.locator(".banners").count(), 0), 15_000);
    await view.locator(".uh").first().waitFor();
    assert.ok(readFileSync(join(folder, "broken.jsonl"), "utf8").length > 0);
  },

  "no console errors, no policy violations, no request to another host": async ({ workbench }) => {
    assert.deepEqual(workbench.problems, []);
    assert.deepEqual(workbench.foreign, []);
  },
};
