// Teacher and student: 10,000 pairs listed while they are analysed, and the view of a long pair in a real VS Code against the Inspect view of its longer trace and
// against an empty custom editor (E).
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../support/process.mjs";
import { openWorkbench } from "../support/workbench.mjs";
import { emptyEditor, emptyTime } from "./emptyEditor.mjs";
import { figures, median, program, row } from "./measure.mjs";

const worker = join(root, "dist/worker.js");
const times = (value) => `${value.toFixed(2)}×`;
const pairs = 10_000;

/** Measures all, or the parts that are named. */
export async function rows({ parts = Object.keys(measures) } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "rti-bench-compare-"));
  const table = [];
  try {
    for (const part of parts) table.push(...(await measures[part](folder)));
    return table;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const line = (id, model, thinking, answer) =>
  `${JSON.stringify({ id, question: `Question ${id}: what is the sum?`, model, response: `<think>${thinking}</think>The answer is ${answer}.`, answer: "7" })}\n`;

/** Sentences of a derivation with numbers of their own; `seed` makes two texts share nothing but their manner. */
function thinking(words, seed) {
  let text = "";
  let count = 0;
  for (let index = 1; count < words; index++) {
    const n = (index * 7919 + seed * 104729) % 9973;
    text += `So we look at case ${n}, where $x_{${n}} = \\frac{${n}}{${n + 1}}$ holds by the lemma of part ${n % 17}. Adding ${n} and ${index} gives ${n + index}, which we keep. ${index % 4 === 0 ? `Wait, let me check ${n + index} again.\n\n` : ""}`;
    count += 32;
  }
  return text;
}

function listing(folder) {
  const file = join(folder, "pairs.jsonl");
  const texts = Array.from({ length: 200 }, (_, index) => thinking(180 + (index % 7) * 60, index));
  const lines = Array.from(
    { length: pairs },
    (_, index) =>
      line(`p/${index}`, "teacher", texts[index % 200], index % 9) +
      line(`p/${index}`, "student", texts[(index * 3 + 1) % 200].slice(0, 700), index % 7),
  );
  writeFileSync(file, lines.join(""));
  const list = program("pairs");
  const runs = [0, 1, 2].map(() => [figures(list, worker, file, "analyse"), figures(list, worker, file, "list")]);
  const share = median(runs.map(([alone, listed]) => alone.cpu / listed.cpu));
  const [, listed] = runs[0];
  return [
    row(
      "10,000 pairs listed with deltas while analysed, against analysing their traces alone",
      "≥ 0.5× the speed",
      `${times(share)} (processor time; all ${listed.pairs.toLocaleString("en-US")} pairs listed after ${((listed.joined / listed.seconds) * 100).toFixed(0)} % of it, the first after ${(listed.first * 1000).toFixed(0)} ms)`,
      share >= 0.5 && listed.pairs === pairs,
    ),
  ];
}

const longWords = 30_000;

async function view(folder) {
  const short = Array.from({ length: 6 }, (_, index) =>
    line(`short/${index}`, index % 2 === 0 ? "teacher" : "student", thinking(60, index), 7),
  );
  const long = [0, 1, 2].flatMap((at) => [
    line(`long/${at}`, "teacher", thinking(longWords, 2 * at), 7),
    line(`long/${at}`, "student", thinking(longWords, 2 * at + 1), 9),
  ]);
  writeFileSync(join(folder, "long.jsonl"), [...short, ...long].join(""));
  writeFileSync(join(folder, "nothing.empty"), "");
  const workbench = await openWorkbench({ folder, dev: root, vsix: emptyEditor(folder) });
  try {
    await workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
    const E = await emptyTime(workbench);
    await workbench.openInspector("long.jsonl");
    const page = workbench.view();
    await page.locator(".uh").first().waitFor({ timeout: 60_000 });
    const frame = await (await page.locator("rti-app").elementHandle()).ownerFrame();
    await workbench.page.waitForTimeout(15_000);
    const inspect = await openings(frame, workbench, [6, 0, 8, 0, 10, 0], "inspect");
    await workbench.run("Reasoning Trace: Show Compare View");
    await page.locator(".cr, .cuh").first().waitFor({ timeout: 60_000 });
    await workbench.page.waitForTimeout(3_000);
    const compare = await pairOpenings(frame, workbench);
    const scroll = await scrolling(frame);
    const first = median(compare.map(({ ms }) => ms)) / median(inspect.map(({ ms }) => ms));
    const longest = Math.max(...compare.map((opening) => opening.longest));
    return [
      row(
        "first screen of a pair of 30,000 words each, against Inspect's of one of them",
        "≤ 1.5×",
        `${times(first)} (${median(compare.map(({ ms }) => ms)).toFixed(0)} against ${median(inspect.map(({ ms }) => ms)).toFixed(0)} ms)`,
        first <= 1.5,
      ),
      task("the same: longest task while it opens", longest, E),
      task("the same, scrolled to its end and back: longest task", scroll, E),
    ];
  } finally {
    await workbench.close();
  }
}

const task = (measure, ms, E) => row(measure, "≤ 0.5× E", `${times(ms / E)} E (${ms.toFixed(0)} ms)`, ms <= E * 0.5);

/** Opens rows of the list one after the other; gives the times of the long ones, in the webview's own clock. */
async function openings(frame, workbench, positions) {
  const found = [];
  for (const position of positions) {
    const id = position < 6 ? `short/${position}` : `long/${(position - 6) / 2}`;
    const opened = await frame.evaluate(opening, {
      click: `[data-position="${position}"]`,
      head: ".crumb b",
      id,
      column: ".read",
      content: ".tt .katex",
    });
    if (position >= 6) found.push(opened);
    await workbench.page.waitForTimeout(500);
  }
  return found;
}

/** Goes to the long pairs with the button of the head. */
async function pairOpenings(frame, workbench) {
  const found = [];
  for (let turn = 0; turn < 12; turn++) {
    const id = await frame.evaluate(() => document.querySelector("rti-compare .crumb b")?.textContent);
    const opened = await frame.evaluate(opening, {
      click: `[aria-label="${turn < 6 ? "Next" : "Previous"} pair"]`,
      head: "rti-compare .crumb b",
      not: id,
      column: "rti-compare .rows",
      content: ".tt .katex, .cuh",
      patience: 20_000,
    });
    const now = await frame.evaluate(() => document.querySelector("rti-compare .crumb b")?.textContent);
    if (opened && now.startsWith("long/")) found.push(opened);
    await workbench.page.waitForTimeout(500);
  }
  return found;
}

/** Runs in the webview: milliseconds from an action to the frame after which every row on screen stands rendered, and the longest task until a moment later. */
function opening({ click, head, id, not, column, content, patience = 60_000 }) {
  return new Promise((done) => {
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
    });
    observer.observe({ type: "longtask" });
    const begun = performance.now();
    const isShown = () => {
      const name = document.querySelector(head)?.textContent;
      if (id === undefined ? name === not : name !== id) return false;
      const rows = document.querySelector(column);
      const bottom = rows?.getBoundingClientRect().bottom ?? 0;
      const waits = [...(rows?.querySelectorAll(".tx-waiting") ?? [])].some((row) => row.getBoundingClientRect().top < bottom);
      return !waits && rows?.querySelector(content) instanceof Element;
    };
    const end = (ms) =>
      setTimeout(() => {
        observer.disconnect();
        done(ms === undefined ? undefined : { ms, longest });
      }, 300);
    const look = () => {
      if (isShown()) requestAnimationFrame(() => setTimeout(() => end(performance.now() - begun)));
      else if (performance.now() - begun > patience) end(undefined);
      else requestAnimationFrame(look);
    };
    document.querySelector(click).click();
    look();
  });
}

/** Scrolls the open pair to its end and back in steps; gives the longest task. */
const scrolling = (frame) =>
  frame.evaluate(
    () =>
      new Promise((done) => {
        let longest = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
        });
        observer.observe({ type: "longtask" });
        const scroller = document.querySelector("rti-compare .rows");
        let turn = 0;
        const step = () => {
          turn += 1;
          const share = turn <= 120 ? turn / 120 : 2 - turn / 120;
          scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight);
          if (turn < 240) requestAnimationFrame(() => requestAnimationFrame(step));
          else
            setTimeout(() => {
              observer.disconnect();
              done(longest);
            }, 500);
        };
        requestAnimationFrame(step);
      }),
  );

const measures = { listing, view };

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const parts = process.argv.slice(2);
  console.table(await rows(parts.length > 0 ? { parts } : {}));
}
