/** Reads a file in the same pieces without indexing: the memory that the index is compared with. */
import { closeSync, openSync, readSync } from "node:fs";

const file = openSync(process.argv[2] ?? "", "r");
const buffer = Buffer.allocUnsafeSlow(1 << 20);
const begun = process.hrtime.bigint();
let bytes = 0;
for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) bytes += read;
closeSync(file);
console.log(JSON.stringify({ seconds: Number(process.hrtime.bigint() - begun) / 1e9, bytes, peak: process.resourceUsage().maxRSS * 1024 }));
