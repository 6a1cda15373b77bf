/** From starting the engine's worker to the first page of rows and the first document, as the editor does. */
import { startWorker } from "../../../src/platform/node";

const [worker = "", path = ""] = process.argv.slice(2);
const begun = process.hrtime.bigint();
const since = (): number => Number(process.hrtime.bigint() - begun) / 1e9;

async function main(): Promise<void> {
  const engine = startWorker(worker, path);
  const view = await engine.view({ query: "", matchCase: false, regex: false, sort: { key: "file", descending: false } });
  const rows = await engine.rows(view.id, 0, 40);
  const first = since();
  if (rows.length === 0) throw new Error("no rows");
  await engine.document({ file: 0, record: 0, rollout: 0 });
  const document = since();
  console.log(JSON.stringify({ first, document, rss: process.memoryUsage().rss, peak: process.resourceUsage().maxRSS * 1024 }));
  process.exit(0);
}

void main();
