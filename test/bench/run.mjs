// `npm run bench [-- name…]`: every benchmark, one table: measure, bound, figure, whether it holds.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, installPackages, root } from "../support/process.mjs";

await installPackages();
await build(["--production"]);
const { scratch } = await import("./measure.mjs");

const wanted = process.argv.slice(2);
const names = ["engine", "analyze", "compare", "open", "activation", "webview"]
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .filter((name) => existsSync(join(root, "test/bench", `${name}.mjs`)));
const table = [];
for (const name of names) {
  console.error(`measuring: ${name}…`);
  const { rows } = await import(`./${name}.mjs`);
  table.push(...(await rows({ root, scratch })));
}
rmSync(scratch, { recursive: true, force: true });

const verdict = { true: "holds", false: "missed", undefined: "–" };
const lines = [
  "| measure | bound | figure | |",
  "| --- | --- | --- | --- |",
  ...table.map(({ measure, bound, figure, holds }) => `| ${measure} | ${bound} | ${figure} | ${verdict[holds]} |`),
];
console.log(lines.join("\n"));
mkdirSync(join(root, "test/out"), { recursive: true });
writeFileSync(join(root, "test/out/bench.md"), `${lines.join("\n")}\n`);
