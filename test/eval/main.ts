/** Prints the evaluation table. `--fit` prints refitted weights instead; `--tune` shows our own tune half too. */

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fit as fitWeights, tableSource, trainingSet } from "./fit";
import { faultRows, firstAnswerRow, flagRows } from "./flagRows";
import { readLabels } from "./labels";
import { readPublicLabels } from "./publicLabels";
import { equivalenceRows, injectedRows, premiseRows, repeatRow } from "./publicRows";
import { table } from "./row";
import { writeRulePages } from "./rulePages";
import { handRows, silverRows } from "./segmentRows";
import { readSilver } from "./silver";

/** Weight of one of our traces against a silver one, and strength of the pull to the hand-set weights. */
const fitting = { ownWeight: 16, prior: 40 };

/** Labelled or raised flags below which a row on public traces says nothing. */
const fewestFlags = 10;

const introduction = `# How well the analysis agrees with people

Written by \`npm run eval\`. *Own labels*: traces written and labelled for this project (\`GUIDELINES.md\`). Weights are fitted on the tune half. The judge half,
26 longer traces with dead ends, coincidences and wrong first answers, was written and labelled by someone who had not seen the analysis; its
single errors were never looked at, but its totals were, during the last changes of cues and of what belongs to a check. *Public traces*: 120 of DeepSeek-R1, its distilled students, QwQ
and Sky-T1 (MIT, Apache-2.0), labelled by hand by the same guidelines by readers who had not seen the analysis; 93 are the tune half, 27 the judge half, of which only totals were looked at. On 8 of the judge half a second reader agrees with the first at F1 .807 (unit starts; ±1 .881), .904 (step borders) and .938 (starts of doubt / verify /
switch runs), and on the functions of .957 of the sentences. *Silver*: labels given by a model, on problems held out from fitting. PRMBench and the missing-premise twins are *not* held
out: the weights and the mark's threshold for redundancy were set on PRMBench, and the premise phrases were checked on the twins. *Floor*: a plain rule (blank
lines, four cue words, equal strings). A dash: none was computed.`;

const notes = readFileSync(path.join(import.meta.dirname, "NOTES.md"), "utf8").trim();

if (process.argv.includes("--fit")) {
  console.log(tableSource(fitWeights(trainingSet(fitting.ownWeight), fitting.prior)));
} else {
  const judge = readLabels("judge");
  const silver = readSilver(true);
  const tune = readLabels("tune");
  const tuned = process.argv.includes("--tune")
    ? [
        ...handRows(tune, "own labels, tune half"),
        ...flagRows(tune, "tune half"),
        ...handRows(readPublicLabels("tune"), "public traces, tune half"),
      ]
    : [];
  const own = [
    ...handRows(judge, "own labels, judge half"),
    firstAnswerRow(judge, "judge half"),
    firstAnswerRow(tune, "tune half"),
    ...flagRows(judge, "judge half"),
    ...faultRows(judge),
  ];
  const judgePublic = readPublicLabels("judge");
  const byHand = [
    ...handRows(judgePublic, "public traces, judge half"),
    firstAnswerRow(judgePublic, "public traces, judge half"),
    ...flagRows(judgePublic, "public traces, judge half").filter(({ n }) => n >= fewestFlags),
  ];
  const foreign = silver.length > 0 ? [...byHand, ...silverRows(silver), ...injectedRows(), ...premiseRows(), ...equivalenceRows()] : [];
  const rows = [...own, ...tuned, repeatRow(judge), ...foreign];
  const result = table(rows);
  console.log(result);
  if (silver.length === 0) console.log("\nSkipped: no real data beside the repository.");
  else if (tuned.length === 0) {
    writeFileSync(path.join(import.meta.dirname, "RESULTS.md"), `${introduction}\n\n${result}\n\n${notes}\n`);
    writeRulePages(rows);
  }
}
