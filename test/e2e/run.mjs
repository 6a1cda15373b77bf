// Runs the end-to-end suites in a real VS Code: `node test/e2e/run.mjs [suite…]`. Writes test/out/e2e.json and screenshots to test/out/screens.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../support/process.mjs";

const out = join(root, "test/out");
export const screens = join(out, "screens");
mkdirSync(screens, { recursive: true });

const report = { passed: 0, failed: 0, skipped: [] };
const wanted = process.argv.slice(2);
const suites = readdirSync(join(root, "test/e2e"))
  .filter((name) => name.endsWith(".suite.mjs"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();

/** A folder with copies of the samples and of the fixtures, so that nothing in the repository can be changed by a test. */
function workspace() {
  const folder = mkdtempSync(join(tmpdir(), "rti-e2e-"));
  cpSync(join(root, "media/samples"), folder, { recursive: true });
  cpSync(join(root, "test/fixtures/e2e"), folder, { recursive: true });
  return folder;
}

for (const name of suites) {
  const suite = await import(`./${name}`);
  const folder = workspace();
  const context = { root, folder, screens, data: existsSync(join(root, "../shared/data")) ? join(root, "../shared/data") : undefined };
  console.log(`\n${suite.title}`);
  try {
    await suite.before?.(context);
    for (const [title, test] of Object.entries(suite.tests)) await runTest(suite, title, test, context);
  } catch (error) {
    fail(`${suite.title}: could not start`, error);
  } finally {
    await suite.after?.(context).catch((error) => fail(`${suite.title}: could not stop`, error));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a test; one that fails is tried once more, and says so: a browser on a busy machine loses a key press now and then. */
async function runTest(suite, title, test, context) {
  for (let attempt = 1; ; attempt++) {
    const begun = Date.now();
    try {
      const skipped = await test(context);
      if (typeof skipped === "string") {
        report.skipped.push(`${suite.title}: ${title}: ${skipped}`);
        console.log(`  - ${title}: ${skipped}`);
        return;
      }
      report.passed += 1;
      console.log(`  ✓ ${title} (${Date.now() - begun} ms${attempt > 1 ? ", second try" : ""})`);
      return;
    } catch (error) {
      await context.workbench?.screenshot(join(screens, `failed-${title.replace(/\W+/g, "-")}.png`)).catch(() => {});
      if (attempt === 2) return fail(title, error);
      console.log(`  … ${title}: ${error instanceof Error ? error.message.split("\n")[0] : error}; trying once more`);
      await context.workbench?.page.keyboard.press("Escape").catch(() => {});
    }
  }
}

function fail(title, error) {
  report.failed += 1;
  console.error(
    `  ✗ ${title}\n    ${error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 8).join("\n    ") : error}`,
  );
}

writeFileSync(join(out, "e2e.json"), JSON.stringify(report, null, 2));
console.log(`\n${report.passed} passed, ${report.failed} failed, ${report.skipped.length} skipped`);
process.exit(report.failed > 0 ? 1 : 0);
