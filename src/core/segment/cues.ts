/** Finding cue phrases: one automaton over the text, so that the cost does not grow with the number of phrases. */
import { type CueClass, cueClasses, cueTable } from "./cueData";
import { type Automaton, buildAutomaton, expandPhrase, scanAutomaton } from "./phraseAutomaton";

export { type CueClass, cueClasses } from "./cueData";

/** A cue phrase in a text; offsets are UTF-16 code units in the text that was scanned. */
export interface CueMatch {
  readonly cue: CueClass;
  readonly start: number;
  readonly end: number;
  /** True when only fillers, punctuation and other cues stand between the range's start and the phrase. */
  readonly opens: boolean;
}

interface Automata {
  readonly latin: Automaton;
  readonly han: Automaton;
}

let automata: Automata | undefined;

/** Built on first use: expanding the table takes some milliseconds that a program which never segments should not pay. */
function getAutomata(): Automata {
  if (automata) return automata;
  const latin: [string, number][] = [];
  const han: [string, number][] = [];
  cueClasses.forEach((cue, index) => {
    for (const phrase of cueTable[cue].en) for (const literal of expandPhrase(phrase)) latin.push([literal, index]);
    for (const phrase of cueTable[cue].zh) for (const literal of expandPhrase(phrase)) han.push([literal, index]);
  });
  automata = { latin: buildAutomaton(latin, true), han: buildAutomaton(han, false) };
  return automata;
}

/** Characters that may stand before an opening cue without hiding it: white space, emphasis, quotes, light punctuation, list markers. */
const transparent = new Uint8Array(0x10000);
for (const character of " \t\r\n\u00a0\u3000*_\"'“”‘’`#>-–—•·.,;:!?…，。、；：！？（(0123456789)）")
  transparent[character.charCodeAt(0)] = 1;

const isHan = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;

/**
 * Cue phrases in `text[start, end)`, by start then by length (longest first). Overlapping phrases of different classes are all returned.
 * Linear in the range. An empty or reversed range gives none.
 */
export function findCues(text: string, start = 0, end = text.length): CueMatch[] {
  const { latin, han } = getAutomata();
  const raw: number[] = [];
  scanAutomaton(latin, text, start, end, raw);
  for (let i = start; i < end; i++) {
    if (!isHan(text.charCodeAt(i))) continue;
    scanAutomaton(han, text, start, end, raw);
    break;
  }
  const order: number[] = [];
  for (let i = 0; i < raw.length; i += 3) order.push(i);
  order.sort((a, b) => (raw[a] ?? 0) - (raw[b] ?? 0) || (raw[b + 1] ?? 0) - (raw[a + 1] ?? 0));
  const matches: CueMatch[] = [];
  let reach = skipTransparent(text, start, end);
  for (const i of order) {
    const from = raw[i] ?? 0;
    const to = raw[i + 1] ?? 0;
    const cue = cueClasses[raw[i + 2] ?? 0] ?? "filler";
    const opens = from <= reach;
    if (opens && to > reach) reach = skipTransparent(text, to, end);
    matches.push({ cue, start: from, end: to, opens });
  }
  return matches;
}

function skipTransparent(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && transparent[text.charCodeAt(at)] === 1) at++;
  return at;
}

/** Cue classes whose phrases open the sentence, in the order they occur, without fillers and repeats. */
export function matchCues(sentence: string): CueClass[] {
  const classes: CueClass[] = [];
  for (const match of findCues(sentence)) {
    if (match.opens && match.cue !== "filler" && !classes.includes(match.cue)) classes.push(match.cue);
  }
  return classes;
}
