/** What a question asks for, and whether a sentence speaks of it. Offsets are UTF-16 code units. */

/** Source of a picture in a question. */
const drawing = /\[asy\][\s\S]*?(?:\[\/asy\]|$)|\\begin\{(?:tikzpicture|asy)\}[\s\S]*?(?:\\end\{(?:tikzpicture|asy)\}|$)/g;

/** A pattern with a class of letters is made anew at each use where it stands in a function: the bundler writes it as a call. */
const longWords = /\p{L}{4,}/gu;

/** The question read last: one analysis asks for the same words several times. */
let last: { readonly question: string; readonly words: ReadonlySet<string> } = { question: "", words: new Set() };

/** The part of a question that says what is asked, as lower-case words of four letters or more. */
export function askedWords(question: string): ReadonlySet<string> {
  if (question !== last.question) {
    last = { question, words: readAskedWords(question) };
  }
  return last.words;
}

function readAskedWords(question: string): Set<string> {
  const clauses = question
    .replace(drawing, " ")
    .slice(-600)
    .split(/(?<=[.?。\uff1f])\s|(?=\b(?:find|what|how many|how much|determine|compute|calculate|evaluate)\b)/i);
  const asking = clauses.filter((clause) =>
    /\b(?:find|what|how|determine|compute|calculate|evaluate|which|who|when|where|express)\b|求|多少/i.test(clause),
  );
  return new Set((asking.at(-1) ?? clauses.at(-1) ?? "").toLowerCase().match(longWords) ?? []);
}

export function sharesAsked(subject: string, asked: ReadonlySet<string>): boolean {
  const words = subject.toLowerCase().match(longWords) ?? [];
  const shared = new Set(words.filter((word) => asked.has(word)));
  return shared.size >= 2 || (shared.size === 1 && words.length <= 4);
}

/** Code units before a verb in which its subject stands. */
const subjectReach = 120;

/** The words before the verb or sign. */
export function subjectOf(text: string, start: number, at: number): string {
  return (
    text
      .slice(Math.max(start, at - subjectReach), at)
      .split(/[,;:\uff0c\uff1b\uff1a]|\b(?:when|if|at|for|since|because|that)\b/)
      .at(-1) ?? ""
  );
}

/** Letters beyond ASCII, and ends of a clause before its verb. */
const isForeign = (unit: number): boolean => unit >= 0xaa;
const clauseSigns = new Set(Array.from(",;:，；：", (sign) => sign.charCodeAt(0)));
const isLetter = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);

/** True when a word of four letters or more stands before the verb in its clause: without one it has no subject that a question names. */
export function hasSubject(units: Uint16Array, start: number, verb: number): boolean {
  let letters = 0;
  for (let at = verb - 1; at >= Math.max(start, verb - subjectReach); at -= 1) {
    const unit = units[at] ?? 0;
    if (clauseSigns.has(unit)) {
      return false;
    }
    letters = isLetter(unit) ? letters + 1 : 0;
    if (letters >= 4 || isForeign(unit)) {
      return true;
    }
  }
  return false;
}
