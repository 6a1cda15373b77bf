import { type FlagContext, wordsOfUnit } from "./context";
import { wordKinds } from "./words";

const termLength = 4;

/** Share of each unit's different terms and numbers that stand in no earlier unit and not in the question, 0 to 1; 0 for a unit without terms. */
export const unitNovelty = (context: FlagContext): Float64Array => {
  const { words, questionWords, units, vocabulary } = context;
  const lastUnit = new Int32Array(vocabulary.length).fill(-2);
  for (let at = 0; at < questionWords.count; at++) lastUnit[questionWords.ids[at] ?? 0] = -1;
  return Float64Array.from(units, (_, unit) => {
    const { start, end } = wordsOfUnit(context, unit);
    let all = 0;
    let fresh = 0;
    for (let at = start; at < end; at++) {
      const id = words.ids[at] ?? 0;
      const kind = words.kinds[at];
      if (kind === wordKinds.operator || (kind === wordKinds.word && (words.ends[at] ?? 0) - (words.starts[at] ?? 0) < termLength))
        continue;
      if (lastUnit[id] === unit) continue;
      all++;
      if (lastUnit[id] === -2) fresh++;
      lastUnit[id] = unit;
    }
    return all === 0 ? 0 : fresh / all;
  });
};
