// How long VS Code takes to start the extension, against one whose `activate` is empty, both asked for in the same extension host, in turns.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { eventually } from "../support/eventually.mjs";
import { root } from "../support/process.mjs";
import { packExtension } from "../support/tinyExtension.mjs";
import { openWorkbench } from "../support/workbench.mjs";
import { median, row } from "./measure.mjs";

const bound = 1.5;
/** Single starts differ by a factor of two, so that a median needs many. */
const turns = 21;
const { publisher, name } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const ours = `${publisher}.${name}`;

/** Starts both extensions, one after the other, and writes the milliseconds that passed and that the host's processor worked for each. Who is first changes from turn to turn. */
const stopwatch = `const vscode = require("vscode");
const { readFileSync, writeFileSync, existsSync } = require("node:fs");
const file = process.env.RTI_TIMES;
exports.activate = (context) => context.subscriptions.push(vscode.commands.registerCommand("stopwatch.run", async () => {
  const all = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const ids = ["bench.nothing", "${ours}"];
  const times = {};
  // What the host does of its own at its start is over by then.
  await new Promise((done) => setTimeout(done, 3000));
  for (const id of all.length % 2 === 0 ? ids : ids.toReversed()) {
    const begun = process.cpuUsage();
    const at = performance.now();
    await vscode.extensions.getExtension(id).activate();
    const elapsed = performance.now() - at;
    const { user, system } = process.cpuUsage(begun);
    times[id] = { elapsed, processor: (user + system) / 1000 };
  }
  writeFileSync(file, JSON.stringify([...all, times]));
}));`;

/** Measures the one row. */
export async function rows() {
  const folder = mkdtempSync(join(tmpdir(), "rti-bench-activation-"));
  const times = join(folder, "times.json");
  const command = { command: "stopwatch.run", title: "Bench: Start Both Extensions" };
  const vsix = [
    packExtension(folder, { name: "stopwatch", contributes: { commands: [command] } }, stopwatch),
    packExtension(folder, { name: "nothing", activationEvents: [] }, "exports.activate = () => {};"),
  ];
  try {
    const workbench = await openWorkbench({ folder, dev: root, vsix, env: { RTI_TIMES: times } });
    try {
      for (let turn = 1; turn <= turns; turn++) {
        await workbench.waitForCommand(command.title);
        await workbench.run(command.title);
        await eventually(() => {
          if (!existsSync(times) || JSON.parse(readFileSync(times, "utf8")).length < turn)
            throw new Error("the extensions were never started");
        });
        // A reloaded window has an extension host of its own.
        const loaded = workbench.page.waitForEvent("load", { timeout: 60_000 });
        await workbench.run("Developer: Reload Window");
        await loaded;
      }
    } finally {
      await workbench.close();
    }
    return [figure(JSON.parse(readFileSync(times, "utf8")))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The bound is one of elapsed time, which VS Code itself reports; most of the processor time is VS Code's, for an API object and a first custom editor. */
function figure(all) {
  const of = (kind) => {
    const [own, empty] = [ours, "bench.nothing"].map((id) => median(all.map((turn) => turn[id][kind])));
    const ratio = median(all.map((turn) => turn[ours][kind] / turn["bench.nothing"][kind]));
    return { ratio, words: `${ratio.toFixed(2)}× (${own.toFixed(1)} against ${empty.toFixed(1)} ms` };
  };
  const [elapsed, processor] = [of("elapsed"), of("processor")];
  const words = `${elapsed.words}, median of ${all.length}); of processor time ${processor.words})`;
  console.error(`  activation: ${words}`);
  return row("activation", `≤ ${bound}× an extension with an empty activate`, words, elapsed.ratio <= bound);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.table(await rows());
}
