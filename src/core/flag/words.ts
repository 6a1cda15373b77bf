import { columnsOf, type KeptColumns, readTokens, type Tokens, tokenKinds } from "../words/tokens";
import { baseVocabulary, type Vocabulary } from "../words/vocabulary";

/** What a word is. Numbers and operators carry a calculation; names and words carry what it is about. */
export const wordKinds = { word: 0, number: 1, operator: 2, cjk: 3 } as const;

/**
 * A text as numbered words, in columns. Case, white space, LaTeX delimiters and brackets are ignored, so `\(2x = 3y\)` and `$2x=3y$` have the
 * same words. A word's id is its place in the {@link Vocabulary} that made it; equal ids are equal words. The columns may be longer than `count`.
 */
export interface Words {
  readonly count: number;
  readonly ids: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
}

/** LaTeX commands that only lay out: they say nothing of the content. */
const layout = [
  "left",
  "right",
  "big",
  "bigl",
  "bigr",
  "quad",
  "qquad",
  "text",
  "textbf",
  "mathrm",
  "mathbf",
  "displaystyle",
  "boxed",
  "limits",
];

/** Signs and LaTeX commands that mean the same; each group counts as its first member. */
const synonyms: readonly (readonly string[])[] = [
  ["=", "＝"],
  ["≈", "approx", "thickapprox"],
  ["≡", "equiv"],
  ["*", "×", "·", "⋅", "∗", "cdot", "times", "ast"],
  ["/", "÷", "div"],
  ["-", "−", "–"],
  ["≤", "leq", "le", "leqslant", "⩽"],
  ["≥", "geq", "ge", "geqslant", "⩾"],
  ["≠", "neq", "ne"],
  ["±", "pm"],
  ["⇒", "→", "rightarrow", "implies", "to", "⟹"],
  ["√", "sqrt"],
  ["frac", "dfrac", "tfrac", "cfrac"],
  ["°", "circ", "degree"],
  ["%", "percent"],
];

const layoutIds = new Set(layout.map((name) => baseVocabulary.idOfWord(name)));

const idsOfSynonyms = synonyms.map((group) => group.map((member) => baseVocabulary.idOfWord(member)));

const plainWord = -1;
const layoutOnly = -2;

/** By id of a word known here: the id that a sign or command counts as, or one of the two above. */
const meaning = new Int32Array(Math.max(...layoutIds, ...idsOfSynonyms.flat()) + 1).fill(plainWord);
for (const id of layoutIds) meaning[id] = layoutOnly;
for (const group of idsOfSynonyms) for (const id of group) meaning[id] = group[0] ?? plainWord;

/** Ids of the signs that state equality, in every vocabulary that starts from {@link baseVocabulary}. */
export const equalityIds: ReadonlySet<number> = new Set(["=", "≈", "≡"].map((sign) => baseVocabulary.idOfWord(sign)));

/** Short words of English that are names in a formula far less often. */
const small = "so is if we to of or in as at be by it a i no do my an on am he us up me go oh ok".split(" ");

/** Ids of short English words, in every vocabulary that starts from {@link baseVocabulary}. */
export const smallWordIds: ReadonlySet<number> = new Set(small.map((word) => baseVocabulary.idOfWord(word)));

const kindOfToken = new Uint8Array(Object.keys(tokenKinds).length);
kindOfToken[tokenKinds.word] = wordKinds.word;
kindOfToken[tokenKinds.command] = wordKinds.word;
kindOfToken[tokenKinds.number] = wordKinds.number;
kindOfToken[tokenKinds.grouped] = wordKinds.number;
kindOfToken[tokenKinds.operator] = wordKinds.operator;
kindOfToken[tokenKinds.cjk] = wordKinds.cjk;

/**
 * The words of tokens: commands that only lay out are left out, signs and commands that mean the same become one. One pass. The columns are new, or
 * those of `memory`.
 */
export const wordsOfTokens = (tokens: Tokens, memory?: KeptColumns): Words => {
  const size = tokens.count;
  const { ids, starts, ends, kinds } = memory ? memory.take(size) : columnsOf(size);
  let count = 0;
  for (let token = 0; token < size; token++) {
    let id = tokens.ids[token]!;
    const kind = tokens.kinds[token]!;
    let wordKind = kindOfToken[kind]!;
    if ((kind === tokenKinds.command || kind === tokenKinds.operator) && id < meaning.length) {
      const same = meaning[id]!;
      if (same === layoutOnly) continue;
      if (same >= 0) {
        id = same;
        wordKind = wordKinds.operator;
      }
    }
    ids[count] = id;
    starts[count] = tokens.starts[token]!;
    ends[count] = tokens.ends[token]!;
    kinds[count] = wordKind;
    count++;
  }
  return { count, ids, starts, ends, kinds };
};

/** Memory for {@link readWords}, whose words then hold until the next use. */
export interface WordMemory {
  readonly tokens: KeptColumns;
  readonly words: KeptColumns;
}

/** Cuts a text into numbered words, adding new ones to `vocabulary`, which starts from {@link baseVocabulary}. Linear in the text. */
export const readWords = (text: string, vocabulary: Vocabulary, memory?: WordMemory): Words =>
  wordsOfTokens(readTokens(text, vocabulary, memory?.tokens), memory?.words);

/** Index of the first word that starts at or after each offset; `offsets` ascend. One pass. */
export const firstWordAt = (words: Words, offsets: readonly number[]): Int32Array => {
  const { count, starts } = words;
  const firsts = new Int32Array(offsets.length);
  let word = 0;
  for (let i = 0; i < offsets.length; i++) {
    const offset = offsets[i]!;
    while (word < count && starts[word]! < offset) word++;
    firsts[i] = word;
  }
  return firsts;
};
