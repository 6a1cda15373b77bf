/**
 * Analyses a file of pairs in the engine's worker, with the list of pairs asked for as the view asks for it, or without: prints processor seconds, and seconds to the
 * first page and to all pairs being listed.
 */
import { startWorker } from "../../../src/platform/node";
import { PairLoader } from "../../../webview/compare/pairLoader";

const [worker = "", path = "", mode = ""] = process.argv.slice(2);
const begun = process.hrtime.bigint();
const since = (): number => Number(process.hrtime.bigint() - begun) / 1e9;
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const sides = { teacher: { file: 0, model: "teacher" }, student: { file: 0, model: "student" } } as const;

async function main(): Promise<void> {
  const engine = startWorker(worker, path);
  let first = 0;
  let joined = 0;
  let pairs = 0;
  if (mode === "list") {
    let told = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      told = resolve;
    });
    const loader = new PairLoader(() => {
      if (loader.error !== undefined) throw new Error(loader.error);
      const { page } = loader;
      if (!page) return;
      if (first === 0 && page.pairs.length > 0) first = since();
      if (joined === 0 && page.joined) joined = since();
      pairs = page.pairs.filter((row) => row.teacherTokens !== undefined && row.studentTokens !== undefined).length;
      if (page.complete) told();
    });
    await loader.load(engine, { sides, query: "", align: false });
    await done;
    loader.dispose();
  } else {
    for (let info = await engine.info(); !info.indexed || info.analysed < info.records; info = await engine.info()) await wait(200);
  }
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ cpu: (user + system) / 1e6, seconds: since(), first, joined, pairs }));
  process.exit(0);
}

void main();
