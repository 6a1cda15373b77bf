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

// A suite with a failure is run once more from the start, and says so: a browser on a busy machine loses a key press, or dies, now and then.
for (const name of suites) {
  let result = await runSuite(name);
  if (result.failed > 0) {
    console.log(`\n${name}: ${result.failed} failed; the suite is run once more from the start`);
    result = await runSuite(name);
  }
  report.passed += result.passed;
  report.failed += result.failed;
  report.skipped.push(...result.skipped);
}

async function runSuite(name) {
  const suite = await import(`./${name}`);
  const result = { passed: 0, failed: 0, skipped: [] };
  const folder = workspace();
  const context = { root, folder, screens, data: existsSync(join(root, "../shared/data")) ? join(root, "../shared/data") : undefined };
  console.log(`\n${suite.title}`);
  try {
    await suite.before?.(context);
    for (const [title, test] of Object.entries(suite.tests)) await runTest(suite, title, test, context, result);
  } catch (error) {
    fail(result, "could not start", error);
  } finally {
    await suite.after?.(context).catch((error) => console.log(`  could not stop: ${error instanceof Error ? error.message : error}`));
    rmSync(folder, { recursive: true, force: true });
  }
  return result;
}

async function runTest(suite, title, test, context, result) {
  const begun = Date.now();
  try {
    const skipped = await test(context);
    if (typeof skipped === "string") {
      result.skipped.push(`${suite.title}: ${title}: ${skipped}`);
      console.log(`  - ${title}: ${skipped}`);
      return;
    }
    result.passed += 1;
    console.log(`  ✓ ${title} (${Date.now() - begun} ms)`);
  } catch (error) {
    await context.workbench?.screenshot(join(screens, `failed-${title.replace(/\W+/g, "-")}.png`)).catch(() => {});
    fail(result, title, error);
  }
}

function fail(result, title, error) {
  result.failed += 1;
  console.error(
    `  ✗ ${title}\n    ${error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 8).join("\n    ") : error}`,
  );
}

writeFileSync(join(out, "e2e.json"), JSON.stringify(report, null, 2));
console.log(`\n${report.passed} passed, ${report.failed} failed, ${report.skipped.length} skipped`);
process.exit(report.failed > 0 ? 1 : 0);
