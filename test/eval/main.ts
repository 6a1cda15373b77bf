/** Prints the evaluation table. `--fit` prints refitted weights instead; `--tune` shows our own tune half too. */
import { fit as fitWeights, tableSource, trainingSet } from "./fit";
import { readLabels } from "./labels";
import { equivalenceRows, injectedRows, premiseRows, repeatRow } from "./publicRows";
import { table } from "./row";
import { ownRows, silverRows } from "./segmentRows";
import { readSilver } from "./silver";

/** Weight of one of our traces against a silver one, and strength of the pull to the hand-set weights. */
const fitting = { ownWeight: 16, prior: 8 };

if (process.argv.includes("--fit")) {
  console.log(tableSource(fitWeights(trainingSet(fitting.ownWeight), fitting.prior)));
} else {
  const judge = readLabels("judge");
  const silver = readSilver(true);
  const tune = process.argv.includes("--tune") ? ownRows(readLabels("tune"), "tune half") : [];
  const foreign = silver.length > 0 ? [...silverRows(silver), ...injectedRows(), ...premiseRows(), ...equivalenceRows()] : [];
  console.log(table([...ownRows(judge, "judge half"), ...tune, repeatRow(judge), ...foreign]));
  if (silver.length === 0) console.log("\nSkipped: no real data beside the repository.");
}
