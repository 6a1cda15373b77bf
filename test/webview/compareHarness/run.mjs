// Draws the Compare view in Chromium and keeps screenshots: `node test/webview/compareHarness/run.mjs [--out dir] [--pair n] [--teacher model --student model] [file…]`.
// Without files it uses the project's own samples. Every theme, and 600 pixels wide.
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../../..");
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
];

mkdirSync(out, { recursive: true });
await esbuild.build({
  entryPoints: [join(here, "page.ts")],
  outdir: out,
  bundle: true,
  format: "esm",
  target: "es2022",
  loader: { ".woff2": "file", ".ttf": "file" },
  external: ["*.woff", "*.ttf"],
  logLevel: "warning",
  ...(options.alias ? { alias: Object.fromEntries([options.alias.split("=")]) } : {}),
});

const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2" };
const server = createServer((request, response) => {
  const name = new URL(request.url ?? "/", "http://localhost").pathname.slice(1) || "index.html";
  try {
    const folder = ["index.html", "themes.css"].includes(name) ? here : out;
    response.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream" }).end(readFileSync(join(folder, name)));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${server.address().port}/`;

const given = {
  files: files.map((path) => ({ name: basename(path, extname(path)), records: readRecords(path) })),
  state: options.teacher ? { sides: { teacher: { file: 0, model: options.teacher }, student: { file: 0, model: options.student } } } : {},
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
let failed = false;
for (const { name, theme, width, height } of shots) {
  if (options.only && !options.only.split(",").includes(name)) continue;
  const page = await browser.newPage({ viewport: { width, height } });
  page.on("pageerror", (error) => report(`${name}: ${error.stack ?? error.message}`));
  page.on("console", (message) => message.type() === "error" && report(`${name}: ${message.text()}`));
  await page.goto(url);
  await page.evaluate((className) => {
    document.body.className = className;
  }, theme);
  await page.evaluate((data) => window.show(data), given);
  await page.waitForSelector(".cvr, .empty h2", { timeout: 30_000 });
  for (let step = 0; step < Number(options.pair ?? 0); step++) {
    await page.evaluate(() => window.command("nextRecord"));
    await page.waitForTimeout(100);
  }
  for (const id of options.commands?.split(",") ?? []) {
    if (options.verbose) console.log(`${name}: ${id}`);
    await page.evaluate((command) => window.command(command), id);
    await page.waitForTimeout(150);
  }
  if (options.eval) await page.evaluate(options.eval);
  if (options.verbose) console.log(`${name}: commands done`);
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(out, `${name}.png`) });
  const violations = await page.evaluate(() => window.violations);
  if (violations.length > 0) report(`${name}: content security policy: ${violations[0]}`);
  await page.close();
}
await browser.close();
server.close();
console.log(`${out}: ${shots.map(({ name }) => `${name}.png`).join(", ")}`);
if (failed) process.exitCode = 1;

function report(message) {
  failed = true;
  console.error(message);
}

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
