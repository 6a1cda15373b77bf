// Opening large files in a real VS Code, from the click to the first record painted, against an empty custom editor in the same run.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../support/process.mjs";
import { openWorkbench } from "../support/workbench.mjs";
import { writeRecords, writeSparse } from "./data.mjs";
import { emptyEditor, emptyTime } from "./emptyEditor.mjs";
import { median, row } from "./measure.mjs";

const GB = 2 ** 30;
const bound = 3;
/** Real records at the head; the rest of the large ones is a hole, which takes no room on the disk. */
const files = [
  { name: "small.jsonl", title: "50 KB", write: (path) => writeRecords(path, 50_000) },
  { name: "large.jsonl", title: "10 GB (sparse)", write: (path) => writeSparse(path, 10 * GB) },
  { name: "larger.jsonl", title: "40 GB (sparse)", write: (path) => writeSparse(path, 40 * GB) },
];

/** Measures all rows. */
export async function rows() {
  const folder = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), "rti-bench-open-"));
  try {
    for (const { name, write } of files) write(join(folder, name));
    writeFileSync(join(folder, "nothing.empty"), "");
    const workbench = await openWorkbench({ folder, dev: root, vsix: emptyEditor(folder) });
    try {
      await workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
      return await measured(workbench);
    } finally {
      await workbench.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(workbench) {
  const empty = await emptyTime(workbench);
  const table = [];
  for (const { name, title } of files) {
    const ms = await openTime(workbench, name);
    const times = ms / empty;
    const figure = `${times.toFixed(2)}× (${ms.toFixed(0)} of ${empty.toFixed(0)} ms)`;
    console.error(`  ${title}: ${figure}`);
    table.push(row(`click to first record painted, ${title}`, `≤ ${bound}× an empty custom editor`, figure, times <= bound));
  }
  return table;
}

/** Median milliseconds of three openings, the first of all left out: it starts the extension. */
async function openTime(workbench, name) {
  const all = [];
  for (let turn = 0; turn < 4; turn++) {
    const begun = performance.now();
    await workbench.openFile(name);
    await workbench.view().locator(".read .uh").first().waitFor({ timeout: 60_000 });
    all.push(performance.now() - begun);
    await workbench.run("View: Close All Editors");
    await workbench.page.locator("iframe.webview").first().waitFor({ state: "detached", timeout: 20_000 });
  }
  return median(all.slice(1));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.table(await rows());
