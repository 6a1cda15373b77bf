import { Scratch } from "../scratch";
import type { FlagContext } from "./context";

const memory = new Scratch();
const unseen = -2;
const inQuestion = -1;

/** Share of each unit's different terms and numbers that stand in no earlier unit and not in the question, 0 to 1; 0 for a unit without terms. */
export const unitNovelty = ({ questionWords, units, vocabulary, terms }: FlagContext): Float64Array => {
  const { ids, firstOfStep } = terms;
  const lastUnit = memory.filled(vocabulary.length, unseen);
  for (let at = 0; at < questionWords.count; at++) lastUnit[questionWords.ids[at]!] = inQuestion;
  const shares = new Float64Array(units.length);
  for (let unit = 0; unit < units.length; unit++) {
    const { firstStep, endStep } = units[unit]!;
    const end = firstOfStep[endStep]!;
    let all = 0;
    let fresh = 0;
    for (let term = firstOfStep[firstStep]!; term < end; term++) {
      const id = ids[term]!;
      const last = lastUnit[id]!;
      if (last === unit) continue;
      all++;
      if (last === unseen) fresh++;
      lastUnit[id] = unit;
    }
    shares[unit] = all === 0 ? 0 : fresh / all;
  }
  return shares;
};
