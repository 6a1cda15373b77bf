// `npm test`: installs what is missing, builds, checks types and lint, runs every test, and counts. Says what it skipped and why.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, findChromium, installPackages, root, run, runBin } from "./process.mjs";

const out = join(root, "test/out");
const counts = { passed: 0, failed: 0, skipped: 0 };
const skipped = [];

/** One check that passes or fails as a whole. */
async function check(name, work) {
  console.log(`\n▶ ${name}`);
  const code = await work();
  if (code === 0) counts.passed += 1;
  else {
    counts.failed += 1;
    console.error(`✗ ${name}`);
  }
}

/** Adds the counts of a JSON report {passed, failed, skipped: [reason]}. A missing report is a failure: the runner died. */
function addReport(name, path) {
  if (!existsSync(path)) {
    counts.failed += 1;
    console.error(`✗ ${name}: the runner ended without a report`);
    return;
  }
  const report = JSON.parse(readFileSync(path, "utf8"));
  counts.passed += report.passed;
  counts.failed += report.failed;
  counts.skipped += report.skipped.length;
  skipped.push(...report.skipped);
}

/** Vitest's JSON report in our form. */
function addVitest(path) {
  if (!existsSync(path)) return addReport("unit tests", path);
  const report = JSON.parse(readFileSync(path, "utf8"));
  counts.passed += report.numPassedTests;
  counts.failed += report.numFailedTests;
  const files = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  counts.failed += files.length;
  for (const file of report.testResults)
    for (const test of file.assertionResults)
      if (test.status === "pending" || test.status === "skipped" || test.status === "todo") skip(`${test.fullName}`);
}

function skip(reason) {
  counts.skipped += 1;
  skipped.push(reason);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await installPackages();
await check("build", () =>
  build(["--production"]).then(
    () => 0,
    () => 1,
  ),
);
await check("types: core alone", () => runBin("tsc", ["-p", "src/core"]));
await check("types: editor, worker, command line, tests", () => runBin("tsc", ["-p", "."]));
await check("types: webview", () => runBin("tsc", ["-p", "webview"]));
await check("lint, format and floors", () => runBin("biome", ["check", "--error-on-warnings", "."]));

console.log("\n▶ unit and property tests");
await runBin("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${join(out, "vitest.json")}`]);
addVitest(join(out, "vitest.json"));

console.log("\n▶ end-to-end tests in VS Code");
if (process.platform !== "linux")
  skip("end-to-end tests: the server edition used here runs on Linux only; `npm run test:desktop` runs those of the extension host");
else if (!findChromium()) skip("end-to-end tests: no Chromium found (Debian: apt-get install chromium; or set CHROMIUM)");
else {
  await run(process.execPath, ["test/e2e/run.mjs"]);
  addReport("end-to-end tests", join(out, "e2e.json"));
}

console.log("");
for (const reason of skipped) console.log(`skipped: ${reason}`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);
