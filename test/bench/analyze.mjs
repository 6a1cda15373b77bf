// Analysis, comparison and equivalence: speed on one core in CPU time, growth with the length, against jsdiff.
import { join } from "node:path";
import { figures, program, row } from "./measure.mjs";

const times = (value) => `${value.toFixed(value < 10 ? 1 : 0)}×`;
const rate = (value) => `${value.toFixed(1)} MB/s`;
const length = (characters) => (characters >= 1e6 ? `${characters / 1e6}M` : `${characters / 1e3}K`);
const wantedRate = 25;

export function rows({ root }) {
  const found = figures(program("analyze"), join(root, "media/samples/samples.jsonl"), join(root, "../shared/data"));
  const perCharacter = found.perCharacter.map(([, nanoseconds]) => nanoseconds);
  const growth = Math.max(...perCharacter) / Math.min(...perCharacter);
  const dissimilar = found.comparison.dissimilar / found.comparison.near;
  const jsdiff = found.jsdiff.jsdiff / found.jsdiff.ours;
  return [
    found.real === null
      ? row("analyse public R1, QwQ and Sky-T1 traces, one core", `≥ ${wantedRate} MB/s`, "no public records here", undefined)
      : row("analyse public R1, QwQ and Sky-T1 traces, one core", `≥ ${wantedRate} MB/s`, rate(found.real), found.real >= wantedRate),
    row("analyse own traces, one core", `≥ ${wantedRate} MB/s`, rate(found.own), found.own >= wantedRate),
    row(
      "features of every sentence, from the text on, one core",
      `≥ ${wantedRate} MB/s`,
      rate(found.features),
      found.features >= wantedRate,
    ),
    row(
      "analyse: time per character, 1K to 1M characters",
      "largest ≤ 3× smallest",
      `${times(growth)} (${found.perCharacter.map(([size, nanoseconds]) => `${length(size)} ${nanoseconds.toFixed(0)} ns`).join(", ")})`,
      growth <= 3,
    ),
    row(
      "align two dissimilar traces of 30,000 words against nearly equal ones",
      "≤ 4×",
      `${times(dissimilar)} (${(found.comparison.dissimilar * 1000).toFixed(0)} ms)`,
      dissimilar <= 4,
    ),
    row(
      "align a pair of 8,000 words against jsdiff's diffWords",
      "≥ 100× faster",
      `${times(jsdiff)} (${(found.jsdiff.ours * 1000).toFixed(0)} ms against ${(found.jsdiff.jsdiff * 1000).toFixed(0)} ms)`,
      jsdiff >= 100,
    ),
    row("answer equivalence, a pair, 95th percentile", "≤ 5 ms", `${found.equivalence.toFixed(2)} ms`, found.equivalence <= 5),
  ];
}
