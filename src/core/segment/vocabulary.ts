/** Which words and numbers a trace has used so far, kept as hashes in a fixed bitmap: collisions cost a little accuracy, never memory. */

const size = 1 << 17;

/** What a stretch of text brought. */
export interface WordCounts {
  /** Content words: Latin words of four letters or more, pairs of Han characters. */
  readonly words: number;
  /** Of them, never seen before. */
  readonly fresh: number;
  /** Of them, in the other vocabulary. */
  readonly shared: number;
  readonly numbers: number;
  readonly newNumbers: number;
  /** Has a relation sign between sides. */
  readonly equation: boolean;
}

const isHan = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;

/** A growing set of words and numbers. */
export class Vocabulary {
  readonly #seen = new Uint8Array(size);

  /** Reads `text[start, end)`, adds its words and numbers, and says what was new. `other` is only looked up. */
  read(text: string, start: number, end: number, other?: Vocabulary): WordCounts {
    const counts = { words: 0, fresh: 0, shared: 0, numbers: 0, newNumbers: 0, equation: false };
    const seen = this.#seen;
    const shared = other === undefined ? undefined : other.#seen;
    let i = start;
    while (i < end) {
      let code = text.charCodeAt(i);
      const lower = code | 32;
      if (lower >= 97 && lower <= 122) {
        let hash = 17;
        const from = i;
        for (let letter = lower; letter >= 97 && letter <= 122 && i < end; letter = text.charCodeAt(++i) | 32)
          hash = (Math.imul(hash, 31) + letter) | 0;
        if (i - from < 4) continue;
        const slot = (hash ^ (hash >>> 15)) & (size - 1);
        counts.words++;
        if (seen[slot] === 0) counts.fresh++;
        if (shared && shared[slot] !== 0) counts.shared++;
        seen[slot] = 1;
      } else if (code >= 48 && code <= 57) {
        let hash = 7919;
        for (; i < end && ((code >= 48 && code <= 57) || (code === 46 && isDigitAt(text, i + 1))); code = text.charCodeAt(++i))
          hash = (Math.imul(hash, 37) + code) | 0;
        const slot = (hash ^ (hash >>> 13)) & (size - 1);
        counts.numbers++;
        if (seen[slot] === 0) counts.newNumbers++;
        seen[slot] = 1;
      } else if (isHan(code) && isHan(text.charCodeAt(i + 1))) {
        const slot = (Math.imul(code, 131) + text.charCodeAt(i + 1)) & (size - 1);
        counts.words++;
        if (seen[slot] === 0) counts.fresh++;
        if (shared && shared[slot] !== 0) counts.shared++;
        seen[slot] = 1;
        i++;
      } else {
        if (code === 61 || code === 0x2248 || code === 0x2264 || code === 0x2265) counts.equation = true;
        i++;
      }
    }
    return counts;
  }
}

function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}
