/** Indexes a file and prints seconds, records and memory. */
import { openFile } from "../../../src/platform/openFile";

const path = process.argv[2] ?? "";
const opened = openFile(path);
if (!opened.ok) throw new Error(opened.error.message);
const records = opened.value;
const begun = process.hrtime.bigint();
while (records.indexMore(1 << 24));
const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
console.log(
  JSON.stringify({ seconds, records: records.count, rss: process.memoryUsage().rss, peak: process.resourceUsage().maxRSS * 1024 }),
);
