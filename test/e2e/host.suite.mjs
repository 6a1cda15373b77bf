// Runs the tests of test/e2e/host inside the extension host of VS Code's server edition.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openWorkbench } from "../support/workbench.mjs";

export const title = "Inside the extension host";

export const tests = {
  "commands, documents and editors through VS Code's own interface": async (context) => {
    const results = join(context.root, "test/out/host.json");
    const workbench = await openWorkbench({
      folder: context.folder,
      dev: context.root,
      tests: join(context.root, "test/e2e/host/index.cjs"),
      env: { RTI_HOST_RESULTS: results },
      logFile: join(context.root, "test/out/host.log"),
    });
    try {
      await Promise.race([workbench.testsExit, new Promise((done) => setTimeout(done, 180_000))]);
    } finally {
      await workbench.close();
    }
    assert.ok(existsSync(results), "the tests never finished; see test/out/host.log");
    const report = JSON.parse(readFileSync(results, "utf8"));
    for (const message of report.messages) console.log(`    ${message.split("\n")[0]}`);
    assert.equal(report.failed, 0, report.messages.filter((message) => message.startsWith("✗")).join("\n"));
    assert.ok(report.passed > 3);
  },
};
