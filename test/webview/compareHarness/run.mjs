// Draws the Compare view and keeps screenshots in every theme, 600 pixels wide, and as small as a window at 200 %:
// `node test/webview/compareHarness/run.mjs [--out dir] [--only dark,narrow] [--pair n] [--teacher model --student model] [--commands id,id] [file…]`.
// Without files it uses the project's own samples.
import { mkdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromiumPath, startHarness } from "./browser.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const args = process.argv.slice(2);
const options = {};
const files = [];
for (let at = 0; at < args.length; at++) {
  if (args[at].startsWith("--")) options[args[at].slice(2)] = args[++at];
  else files.push(args[at]);
}
const out = options.out ?? join(root, "test/out/compare");
if (files.length === 0) files.push(join(root, "media/samples/samples.jsonl"));

const shots = [
  { name: "dark", theme: "vscode-dark", width: 1392, height: 785 },
  { name: "light", theme: "vscode-light", width: 1392, height: 785 },
  { name: "hc", theme: "vscode-high-contrast", width: 1392, height: 785 },
  { name: "narrow", theme: "vscode-light", width: 600, height: 820 },
  { name: "zoomed", theme: "vscode-dark", width: 696, height: 392 },
];

const given = {
  files: files.map((path) => ({ name: basename(path, extname(path)), records: readRecords(path) })),
  state: options.teacher ? { sides: { teacher: { file: 0, model: options.teacher }, student: { file: 0, model: options.student } } } : {},
};

mkdirSync(out, { recursive: true });
const harness = await startHarness(chromiumPath);
for (const { name, ...shot } of shots) {
  if (options.only && !options.only.split(",").includes(name)) continue;
  const { page, problems } = await harness.open(given, shot);
  const commands = [...Array(Number(options.pair ?? 0)).fill("nextRecord"), ...(options.commands?.split(",") ?? [])];
  for (const id of commands) {
    await page.evaluate((command) => window.command(command), id);
    await page.waitForTimeout(150);
  }
  if (options.eval) console.log(await page.evaluate(options.eval));
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(out, `${name}.png`) });
  problems.push(...(await page.evaluate(() => window.violations)));
  for (const problem of problems) {
    console.error(`${name}: ${problem}`);
    process.exitCode = 1;
  }
  await page.close();
}
await harness.close();
console.log(`screenshots in ${out}`);

/** Records of a JSON Lines file, or of a JSON array. */
function readRecords(path) {
  const text = readFileSync(path, "utf8");
  if (text.trimStart().startsWith("[")) return JSON.parse(text);
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .flatMap(parseLine);
}

function parseLine(line) {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
