/**
 * From starting the engine's worker to the first page of rows and the first document, as the editor does. Arguments: the worker, a file, and a folder for caches, which may be
 * absent; with "stay", it lives until the engine has kept its compiled code.
 */
import { readdirSync } from "node:fs";
import { startWorker } from "../../../src/platform/node";

const [worker = "", path = "", cacheFolder, stay] = process.argv.slice(2);
const begun = process.hrtime.bigint();
const since = (): number => Number(process.hrtime.bigint() - begun) / 1e9;

/** Bundles whose compiled code is kept. */
function kept(folder: string): number {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".trace-code")).length;
  } catch {
    return 0;
  }
}

async function main(): Promise<void> {
  const engine = startWorker(worker, path, cacheFolder === undefined ? {} : { cacheFolder });
  const view = await engine.view({ query: "", matchCase: false, regex: false, sort: { key: "file", descending: false } });
  const rows = await engine.rows(view.id, 0, 40);
  const first = since();
  if (rows.length === 0) throw new Error("no rows");
  await engine.document({ file: 0, record: 0, rollout: 0 });
  const document = since();
  console.log(JSON.stringify({ first, document, rss: process.memoryUsage().rss, peak: process.resourceUsage().maxRSS * 1024 }));
  while (stay !== undefined && cacheFolder !== undefined && kept(cacheFolder) < 2) await new Promise((done) => setTimeout(done, 200));
  process.exit(0);
}

void main();
