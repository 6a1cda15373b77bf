/** What a plain viewer does before it can show anything: JSON.parse of every line. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

async function main(): Promise<void> {
  const begun = process.hrtime.bigint();
  let records = 0;
  for await (const line of createInterface({ input: createReadStream(process.argv[2] ?? "") })) {
    JSON.parse(line);
    records += 1;
  }
  console.log(JSON.stringify({ seconds: Number(process.hrtime.bigint() - begun) / 1e9, records }));
}

void main();
