// Builds the harness page and opens it in Chromium; used by the screenshots (`run.mjs`) and the browser tests.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2" };

export const chromiumPath = [process.env.CHROMIUM, "/usr/bin/chromium"].find((path) => path && existsSync(path));

export const axeSource = () => readFileSync(join(here, "../../../node_modules/axe-core/axe.min.js"), "utf8");

/** Starts a server and a browser. `open` gives a page that shows the given files and the list of problems it had. */
export async function startHarness(executablePath) {
  const out = mkdtempSync(join(tmpdir(), "compare-harness-"));
  await esbuild.build({
    entryPoints: [join(here, "page.ts")],
    outdir: out,
    bundle: true,
    format: "esm",
    target: "es2022",
    loader: { ".woff2": "file", ".ttf": "file" },
    external: ["*.woff", "*.ttf"],
    logLevel: "warning",
  });
  const server = createServer((request, response) => serve(out, request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  return {
    open: (given, options) => openPage(browser, url, given, options),
    close: async () => {
      await browser.close();
      server.close();
      rmSync(out, { recursive: true, force: true });
    },
  };
}

async function openPage(browser, url, given, { theme, width, height }) {
  const page = await browser.newPage({ viewport: { width, height } });
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.stack ?? error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => !request.url().startsWith(url) && problems.push(`a request left: ${request.url()}`));
  await page.goto(url);
  await page.evaluate((className) => {
    document.body.className = className;
  }, theme);
  await page.evaluate((data) => window.show(data), given);
  await page.waitForSelector(".cvr, .empty h2", { timeout: 60_000 });
  return { page, problems };
}

function serve(out, request, response) {
  const name = new URL(request.url ?? "/", "http://localhost").pathname.slice(1) || "index.html";
  try {
    const folder = ["index.html", "themes.css"].includes(name) ? here : out;
    response.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream" }).end(readFileSync(join(folder, name)));
  } catch {
    response.writeHead(404).end();
  }
}
