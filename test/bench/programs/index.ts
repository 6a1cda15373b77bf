/** Indexes a file and prints seconds, processor seconds, records and memory. */
import { openFile } from "../../../src/platform/openFile";

async function main(): Promise<void> {
  const opened = openFile(process.argv[2] ?? "");
  if (!opened.ok) throw new Error(opened.error.message);
  const records = opened.value;
  const begun = process.hrtime.bigint();
  const before = process.cpuUsage();
  while (records.indexMore(1 << 24)) await records.arrival();
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  const { user, system } = process.cpuUsage(before);
  console.log(
    JSON.stringify({
      seconds,
      processorSeconds: (user + system) / 1e6,
      records: records.count,
      peak: process.resourceUsage().maxRSS * 1024,
    }),
  );
}

void main();
