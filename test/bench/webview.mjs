// The view in a real VS Code. E is the time from a click to the readiness of an empty custom editor in the same run: times are told in it, so that they hold on
// machines of any speed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { root } from "../support/process.mjs";
import { vsce } from "../support/tinyExtension.mjs";
import { openWorkbench } from "../support/workbench.mjs";
import { emptyEditor, emptyTime } from "./emptyEditor.mjs";
import { median, row } from "./measure.mjs";

const times = (value) => `${value.toFixed(2)}× E`;

/** Measures all rows of the view, or those of the parts that are named. */
export async function rows({ parts = Object.keys(measures) } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "rti-bench-view-"));
  try {
    writeFiles(folder);
    const workbench = await openWorkbench({ folder, dev: root, vsix: emptyEditor(folder) });
    try {
      await workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
      const E = await emptyTime(workbench);
      const table = [row("an empty custom editor, click to ready (E)", "", `${E.toFixed(0)} ms`, undefined)];
      for (const part of parts) {
        const measured = await measures[part](workbench, E);
        for (const { measure, figure } of measured) console.error(`  ${measure}: ${figure}`);
        table.push(...measured);
      }
      return table;
    } finally {
      await workbench.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const line = (id, thinking) =>
  `${JSON.stringify({ id, question: `Question ${id}`, response: `<think>${thinking}</think>The answer is 7.`, answer: "7" })}\n`;

const sentence = (index) =>
  `Wait, so $x_{${index}} = \\frac{${index}}{${index + 1}} + \\sqrt{${index}}$, which gives $y_{${index}}^2 = ${index * 3}$ and then \\(z = ${index} - 2\\).`;

/** A thinking of at least `size` characters whose sentences hold three formulas each. */
function thinking(size) {
  let text = "";
  for (let index = 1; text.length < size; index++)
    text += `${sentence(index)}${index % 3 === 0 ? "\n\n" : " "}${"Let me see what follows from that here. ".repeat(3)}`;
  return text;
}

const code = "```python\ndef area(x, y):\n    return x * y\n\nprint(area(3, 4))\n```\n\n";
const formulaText = code + thinking(59_500);

function writeFiles(folder) {
  const short = Array.from({ length: 12 }, (_, index) => line(`short/${index}`, sentence(index + 1)));
  writeFileSync(
    join(folder, "formulas.jsonl"),
    [...short, line("long/1", formulaText), line("long/2", `${formulaText} `), ...short].join(""),
  );
  writeFileSync(join(folder, "long.jsonl"), line("long/1", thinking(1_000_000)));
  for (const [name, count] of [
    ["thousand", 1_000],
    ["million", 1_000_000],
  ])
    writeFileSync(
      join(folder, `${name}.jsonl`),
      Array.from(
        { length: count },
        (_, index) => `{"id":${index},"question":"q ${index}","response":"<think>${index} is it.</think>${index}"}\n`,
      ).join(""),
    );
  writeFileSync(join(folder, "nothing.empty"), "");
}

const frameOf = async (workbench) => {
  const handle = await workbench.view().locator("rti-app").elementHandle();
  const frame = await handle.ownerFrame();
  await handle.dispose();
  return frame;
};

/** Milliseconds from a click on a row to the frame after which every row on screen stands rendered, in the webview's own clock. */
const openRow = (frame, position, id) =>
  frame.evaluate(
    ([at, name]) =>
      new Promise((done) => {
        const begun = performance.now();
        const look = () => {
          const read = document.querySelector(".read");
          const shown = document.querySelector(".crumb b")?.textContent === name && read?.querySelector(".tt .katex");
          const bottom = read?.getBoundingClientRect().bottom ?? 0;
          const waits = [...(read?.querySelectorAll(".tx-waiting") ?? [])].some((row) => row.getBoundingClientRect().top < bottom);
          if (shown && !waits) requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
          else requestAnimationFrame(look);
        };
        document.querySelector(`[data-position="${at}"]`).click();
        look();
      }),
    [position, id],
  );

async function formulas(workbench, E) {
  await workbench.openInspector("formulas.jsonl");
  await workbench.view().locator(".uh").first().waitFor();
  const frame = await frameOf(workbench);
  await workbench.page.waitForTimeout(3000);
  const first = await openRow(frame, 12, "long/1");
  await workbench.page.waitForTimeout(1500);
  const renderer = await wholeRenderer();
  const pairs = [];
  for (let turn = 0; turn < 6; turn++) {
    const screen = turn % 2 === 0 ? await openRow(frame, 13, "long/2") : await openRow(frame, 12, "long/1");
    await workbench.page.waitForTimeout(500);
    // Evaluated anew, so that no formula is remembered from the turn before.
    await frame.evaluate(renderer);
    const whole = await frame.evaluate((text) => globalThis.renderWhole(text), formulaText);
    await workbench.page.waitForTimeout(500);
    pairs.push({ screen, whole: whole.ms, share: screen / whole.ms, sanitising: whole.sanitising / whole.ms });
  }
  await workbench.run("View: Close All Editors");
  const screen = median(pairs.map((pair) => pair.screen));
  const wholeMs = median(pairs.map((pair) => pair.whole));
  const share = median(pairs.map((pair) => pair.share));
  const sanitising = median(pairs.map((pair) => pair.sanitising));
  return [
    row(
      "first screen of a 60 KB trace with 700 formulas, analysed before: click to painted",
      "≤ 10 % of rendering it whole",
      `${(share * 100).toFixed(1)} % (${screen.toFixed(0)} of ${wholeMs.toFixed(0)} ms)`,
      share <= 0.1,
    ),
    row("the same, click to painted, not analysed before", "≤ 1× E", times(first / E), first <= E),
    row("next record, cached neighbours, click to painted", "≤ 0.5× E", times(screen / E), screen <= E * 0.5),
    row("sanitising share of rendering", "≤ 10 %", `${(sanitising * 100).toFixed(1)} %`, sanitising <= 0.1),
  ];
}

/** The text renderer as one script: its sanitiser timed, and everything counts as near the screen. */
function wholeRenderer() {
  const timed = {
    name: "timed-sanitiser",
    setup(build) {
      build.onResolve({ filter: /^dompurify$/ }, ({ importer }) =>
        importer.includes("timed:") ? undefined : { path: "timed:dompurify", namespace: "timed" },
      );
      build.onResolve({ filter: /\/near$/ }, () => ({ path: "near", namespace: "near" }));
      build.onLoad({ filter: /.*/, namespace: "near" }, () => ({ contents: "export const whenNear = (element, work) => work();" }));
      build.onLoad({ filter: /.*/, namespace: "timed" }, () => ({
        resolveDir: root,
        contents: `import create from ${JSON.stringify(join(root, "node_modules/dompurify/dist/purify.es.mjs"))};
export default (window) => { const purify = create(window); const own = purify.sanitize.bind(purify);
  purify.sanitize = (...args) => { const begun = performance.now(); try { return own(...args); } finally { globalThis.sanitisingMs += performance.now() - begun; } };
  return purify; };`,
      }));
    },
  };
  return esbuild
    .build({
      entryPoints: [join(root, "test/bench/programs/renderWhole.ts")],
      bundle: true,
      write: false,
      format: "iife",
      target: "es2022",
      loader: { ".css": "empty", ".woff2": "empty", ".ttf": "empty" },
      plugins: [timed],
      outdir: root,
    })
    .then(({ outputFiles }) => outputFiles.find(({ path }) => path.endsWith(".js")).text);
}

/** Scrolls to the end and back in steps of a screen; gives the longest task and the heap after each pass, in MB. */
const scrollPass = (frame, first) =>
  frame.evaluate(
    (first) =>
      new Promise((done) => {
        let longest = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
        });
        // The first pass counts the tasks since the page was opened too.
        observer.observe({ type: "longtask", buffered: first });
        const scroller = document.querySelector(".read");
        const turns = 120;
        let turn = 0;
        const step = () => {
          turn += 1;
          const share = turn <= turns ? turn / turns : 2 - turn / turns;
          scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight);
          if (turn < turns * 2) requestAnimationFrame(() => requestAnimationFrame(step));
          else
            setTimeout(() => {
              observer.disconnect();
              done({ longest, nodes: document.querySelectorAll("*").length, heap: (performance.memory?.usedJSHeapSize ?? 0) / 2 ** 20 });
            }, 1000);
        };
        requestAnimationFrame(step);
      }),
    first,
  );

async function longTrace(workbench, E) {
  await workbench.openInspector("long.jsonl");
  await workbench.view().locator(".uh").first().waitFor({ timeout: 60_000 });
  const frame = await frameOf(workbench);
  await workbench.page.waitForTimeout(2000);
  const passes = [];
  for (let pass = 0; pass < 3; pass++) passes.push(await scrollPass(frame, pass === 0));
  await workbench.run("View: Close All Editors");
  const longest = median(passes.map((pass) => pass.longest));
  const [one, , three] = passes;
  const growth = three.heap / Math.max(1, one.heap);
  return [
    row(
      "a 1 MB trace, opened, scrolled to its end and back: longest task, median of three passes",
      "≤ 0.5× E",
      `${times(longest / E)} (${longest.toFixed(0)} ms; ${passes.map((pass) => pass.longest.toFixed(0)).join(", ")})`,
      longest <= E * 0.5,
    ),
    row(
      "the same: heap after the third pass over that after the first",
      "flat (≤ 1.25×)",
      `${growth.toFixed(2)}×, ${three.nodes} elements after ${one.nodes}`,
      growth <= 1.25,
    ),
  ];
}

/** Median milliseconds of script that one step of the list's scrolling takes. */
const listStep = (frame) =>
  frame.evaluate(async () => {
    const list = document.querySelector("rti-list");
    const scroller = list.querySelector(".rows-scroll");
    const all = [];
    for (let turn = 0; turn < 80; turn++) {
      const begun = performance.now();
      scroller.scrollTop += 24 * 7;
      scroller.dispatchEvent(new Event("scroll"));
      await list.updateComplete;
      all.push(performance.now() - begun);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }
    return all.sort((a, b) => a - b)[40];
  });

async function manyRows(workbench) {
  const steps = {};
  for (const name of ["thousand", "million"]) {
    await workbench.openInspector(`${name}.jsonl`);
    await workbench.view().locator(".lr").nth(10).waitFor({ timeout: 60_000 });
    await workbench
      .view()
      .locator(".cnt", { hasText: name === "thousand" ? "1,000" : "1,000,000" })
      .waitFor({ timeout: 120_000 });
    await workbench.page.waitForTimeout(3000);
    steps[name] = await listStep(await frameOf(workbench));
    await workbench.run("View: Close All Editors");
  }
  const ratio = steps.million / steps.thousand;
  return [
    row(
      "scroll 1M rows: scripting a frame over that of 1K rows",
      "≤ 2×",
      `${ratio.toFixed(2)}× (${steps.million.toFixed(1)} ms)`,
      ratio <= 2,
    ),
  ];
}

const bundleLimit = 260 * 1024;

/** A script of the webview and the parts that it imports at once. */
function loadedAtOnce(file, known = new Set()) {
  if (known.has(file)) return [];
  known.add(file);
  const code = readFileSync(join(root, "dist/webview", file), "utf8");
  const imported = [...code.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)].map(([, path]) => join(file, "..", path));
  return [file, ...imported.flatMap((path) => loadedAtOnce(path, known))];
}

const packedSize = (files) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(root, "dist/webview", file)), { level: 9 }).length, 0);

function sizes() {
  const all = readdirSync(join(root, "dist/webview"), { recursive: true }).filter((file) => /\.(?:js|css)$/.test(file));
  const [size, atOnce] = [packedSize(all), packedSize([...loadedAtOnce("main.js"), "main.css"])];
  const target = join(tmpdir(), `rti-bench-${process.pid}.vsix`);
  const done = spawnSync(
    process.execPath,
    [vsce, "package", "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", target],
    { cwd: root, encoding: "utf8" },
  );
  const packed = done.status === 0 ? statSync(target).size : undefined;
  rmSync(target, { force: true });
  return [
    row(
      "webview script and style without fonts, all parts, gzip",
      "≤ 260 KB",
      `${(size / 1024).toFixed(0)} KB (at once ${(atOnce / 1024).toFixed(0)})`,
      size <= bundleLimit,
    ),
    packed === undefined
      ? row("VSIX", "≤ 5 MB", "could not be packed", false)
      : row("VSIX", "≤ 5 MB", `${(packed / 2 ** 20).toFixed(1)} MB`, packed <= 5 * 2 ** 20),
  ];
}

const measures = { formulas, longTrace, manyRows, sizes };

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const parts = process.argv.slice(2);
  console.table(await rows(parts.length > 0 ? { parts } : {}));
}
