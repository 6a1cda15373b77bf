/**
 * Opens a file, finds its records, and reads some of them far from each other. Prints the median and the longest time of a read, in milliseconds, and the bytes kept on the
 * disk and in memory for it.
 */
import { keptOf, openFile } from "../../../src/platform/openFile";

const reads = 60;

async function main(): Promise<void> {
  const opened = openFile(process.argv[2] ?? "");
  if (!opened.ok) throw new Error(opened.error.message);
  const records = opened.value;
  while (records.indexMore(1 << 24)) await records.arrival();
  // The golden ratio's multiples are far from each other, in any number.
  const times = Array.from({ length: reads }, (_, i) => {
    const record = Math.floor(((i * 0.618_033_988_749) % 1) * records.count);
    const begun = process.hrtime.bigint();
    records.read(record);
    return Number(process.hrtime.bigint() - begun) / 1e6;
  }).sort((a, b) => a - b);
  const kept = keptOf(records);
  console.log(
    JSON.stringify({
      median: times[reads >> 1],
      longest: times.at(-1),
      kept: kept?.size ?? 0,
      unpacked: records.bytesIndexed,
      peak: process.resourceUsage().maxRSS * 1024,
    }),
  );
}

void main();
