/** Indexes a file and prints seconds, records and memory. */
import { openFile } from "../../../src/platform/openFile";

async function main(): Promise<void> {
  const opened = openFile(process.argv[2] ?? "");
  if (!opened.ok) throw new Error(opened.error.message);
  const records = opened.value;
  const begun = process.hrtime.bigint();
  while (records.indexMore(1 << 24)) await records.arrival();
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  console.log(JSON.stringify({ seconds, records: records.count, peak: process.resourceUsage().maxRSS * 1024 }));
}

void main();
