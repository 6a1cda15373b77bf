// Shows the webview outside the editor and takes pictures: `node test/webview/harness/shoot.mjs SCENARIOS.json OUTDIR`.
// A scenario: {name, file, theme, width, height, state, actions: [["command", id] | ["click", selector] | ["type", text] | ["press", key] | ["wait", ms] | ["eval", code]]}.

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";

const [scenarioFile, outdir = "/tmp/rti-shots"] = process.argv.slice(2);
const build = process.env.RTI_OUT ?? "/tmp/rtiw";
const scenarios = JSON.parse(readFileSync(scenarioFile, "utf8"));
mkdirSync(outdir, { recursive: true });

await esbuild.build({
  bundle: true,
  format: "esm",
  target: "es2022",
  platform: "browser",
  entryPoints: ["test/webview/harness/fakeHost.ts"],
  outfile: join(build, "harness/fakeHost.js"),
  loader: { ".json": "json" },
  logLevel: "warning",
});

const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
const types = { ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".ttf": "font/ttf", ".map": "application/json" };
const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Webview</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; font-src 'self'; img-src 'self' data:; connect-src 'self'">
<link rel="stylesheet" href="/themes.css"><link rel="stylesheet" href="/webview/main.css"></head>
<body><rti-app></rti-app><script type="module" src="/harness/fakeHost.js"></script></body></html>`;
const server = createServer((request, response) => {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname === "/") return response.writeHead(200, { "content-type": "text/html" }).end(page);
  if (url.pathname === "/data") return response.writeHead(200).end(readFileSync(resolve(url.searchParams.get("path"))));
  const file = url.pathname === "/themes.css" ? "test/webview/harness/themes.css" : join(build, url.pathname);
  if (!existsSync(file)) return response.writeHead(file.endsWith("favicon.ico") ? 204 : 404).end();
  response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" }).end(readFileSync(file));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const scenario of scenarios) {
  const context = await browser.newContext({ viewport: { width: scenario.width ?? 1392, height: scenario.height ?? 843 } });
  const tab = await context.newPage();
  tab.on(
    "console",
    (message) => (message.type() === "error" || message.type() === "warning") && console.log(scenario.name, message.type(), message.text()),
  );
  tab.on("pageerror", (error) => console.log(scenario.name, "error", error.message, error.stack?.split("\n").slice(1, 4).join(" | ")));
  await tab.addInitScript(() =>
    addEventListener("securitypolicyviolation", (event) =>
      console.warn(
        "policy",
        event.effectiveDirective,
        event.sourceFile,
        event.lineNumber,
        event.columnNumber,
        event.target?.outerHTML?.slice?.(0, 200),
      ),
    ),
  );
  const query = new URLSearchParams({
    file: scenario.file,
    theme: scenario.theme ?? "dark",
    ...(scenario.state ? { state: JSON.stringify(scenario.state) } : {}),
    ...(scenario.delay ? { delay: String(scenario.delay) } : {}),
  });
  await tab.goto(`${base}?${query}`);
  await tab
    .waitForSelector(scenario.ready ?? ".vr, .empty h2, .plainrec", { timeout: 60000 })
    .catch((error) => console.log(scenario.name, error.message.split("\n")[0]));
  await tab.waitForTimeout(scenario.settle ?? 1500);
  for (const [kind, value] of scenario.actions ?? []) {
    if (kind === "command") await tab.evaluate((id) => window.harness.command(id), value);
    if (kind === "click")
      await tab.click(value, { timeout: 15000 }).catch((error) => console.log(scenario.name, error.message.split("\n")[0]));
    if (kind === "hover")
      await tab.hover(value, { timeout: 15000 }).catch((error) => console.log(scenario.name, error.message.split("\n")[0]));
    if (kind === "type") await tab.keyboard.type(value);
    if (kind === "press") await tab.keyboard.press(value);
    if (kind === "wheel") await tab.mouse.wheel(0, value);
    if (kind === "axe") {
      await tab.evaluate(axe);
      const { violations } = await tab.evaluate(() => window.axe.run(document));
      for (const { id, impact, nodes } of violations)
        console.log(scenario.name, "axe", impact, id, nodes.length, nodes[0].html.slice(0, 160), nodes[0].failureSummary.split("\n")[1]);
    }
    if (kind === "profile") await profile(tab, value);
    if (kind === "eval") console.log(scenario.name, JSON.stringify(await tab.evaluate(value)));
    await tab.waitForTimeout(kind === "wait" ? value : 400);
  }
  await tab.screenshot({ path: join(outdir, `${scenario.name}.png`) });
  await context.close();
}
/** Prints where the time of some page code went. */
async function profile(tab, code) {
  const session = await tab.context().newCDPSession(tab);
  await session.send("Profiler.enable");
  await session.send("Profiler.setSamplingInterval", { interval: 500 });
  await session.send("Profiler.start");
  console.log(JSON.stringify(await tab.evaluate(code)));
  const { profile: result } = await session.send("Profiler.stop");
  const own = new Map();
  const names = new Map(result.nodes.map((node) => [node.id, node.callFrame]));
  result.samples.forEach((id, index) => {
    const frame = names.get(id);
    const name = `${frame.functionName || "(anonymous)"} ${frame.url.split("/").at(-1)}:${frame.lineNumber}`;
    own.set(name, (own.get(name) ?? 0) + (result.timeDeltas[index] ?? 0));
  });
  for (const [name, time] of [...own].sort((a, b) => b[1] - a[1]).slice(0, 25)) console.log(`${Math.round(time / 1000)} ms`, name);
}

await browser.close();
server.close();
