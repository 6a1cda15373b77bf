import { Scratch } from "../scratch";
import { type FlagContext, wordsOfUnit } from "./context";
import { wordKinds } from "./words";

const termLength = 4;

const memory = new Scratch();
const unseen = -2;
const inQuestion = -1;

/** Share of each unit's different terms and numbers that stand in no earlier unit and not in the question, 0 to 1; 0 for a unit without terms. */
export const unitNovelty = (context: FlagContext): Float64Array => {
  const { questionWords, units, vocabulary } = context;
  const { ids, kinds, starts, ends } = context.words;
  const lastUnit = memory.filled(vocabulary.length, unseen);
  for (let at = 0; at < questionWords.count; at++) lastUnit[questionWords.ids[at]!] = inQuestion;
  const shares = new Float64Array(units.length);
  for (let unit = 0; unit < units.length; unit++) {
    const { start, end } = wordsOfUnit(context, unit);
    let all = 0;
    let fresh = 0;
    for (let at = start; at < end; at++) {
      const kind = kinds[at]!;
      if (kind === wordKinds.operator || (kind === wordKinds.word && ends[at]! - starts[at]! < termLength)) continue;
      const id = ids[at]!;
      if (lastUnit[id] === unit) continue;
      all++;
      if (lastUnit[id] === unseen) fresh++;
      lastUnit[id] = unit;
    }
    shares[unit] = all === 0 ? 0 : fresh / all;
  }
  return shares;
};
