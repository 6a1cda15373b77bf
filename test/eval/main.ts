/** Prints the evaluation table. `--fit` prints refitted weights instead; `--tune` shows our own tune half too. */
import { fit, tableSource, trainingSet } from "./fit";
import { readLabels } from "./labels";
import { table } from "./row";
import { ownRows, silverRows } from "./segmentRows";
import { readSilver } from "./silver";

if (process.argv.includes("--fit")) {
  console.log(tableSource(fit(trainingSet(Number(process.env["OWN"] ?? 3)), Number(process.env["PRIOR"] ?? 15))));
} else {
  const tune = process.argv.includes("--tune") ? ownRows(readLabels("tune"), "tune half") : [];
  console.log(table([...ownRows(readLabels("judge"), "judge half"), ...tune, ...silverRows(readSilver(true))]));
}
