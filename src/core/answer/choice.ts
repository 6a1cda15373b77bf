/** Multiple choice, yes and no. */

const letterOnly =
  /^(?:(?:[Oo]ption|[Cc]hoice|[Aa]nswer|选项?|选择)\s*[::]?\s*)?[([]?\s*([A-J](?:\s*[,、和and\s]*\s*[A-J])*)\s*[)\]]?[.。]?$/;
const letterFirst = /^[([]?\s*([A-J])\s*(?:[)\].::、]|\s+[-–]\s)\s*(.+)$/s;

/** An option, or several, and the content written with it. */
export interface Choice {
  readonly letters: string;
  readonly content: string;
}

function plainText(answer: string): string {
  return answer
    .normalize("NFKC")
    .replace(/\\(?:text(?:bf|it|rm)?|mathrm|mathbf|mbox)\s*\{([^{}]*)\}/g, "$1")
    .replace(/\\[()[\]]|[$*]/g, "")
    .trim();
}

const ascii = /^[\x00-\x7f]*$/;

/** The option that an answer names ("B", "(B) 12", "选B"); undefined when it names none. */
export function choiceOf(answer: string): Choice | undefined {
  if (/^\s*[-+.\d]/.test(answer) || (!/[A-J]/.test(answer) && ascii.test(answer))) {
    return undefined;
  }
  const text = plainText(answer.slice(0, 400));
  const only = letterOnly.exec(text);
  if (only?.[1]) {
    return { letters: [...new Set(only[1].replace(/[^A-J]/g, ""))].sort().join(""), content: "" };
  }
  const first = letterFirst.exec(text);
  return first?.[1] && first[2] ? { letters: first[1], content: first[2] } : undefined;
}

const verdicts: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  correct: true,
  是: true,
  对: true,
  正确: true,
  no: false,
  false: false,
  incorrect: false,
  否: false,
  不是: false,
  错: false,
  错误: false,
};

const firstWord = /^\p{L}+/u;

/** True or false for an answer of yes or no in a word; undefined for anything else. */
export function verdictOf(answer: string): boolean | undefined {
  if (/^\s*[-+.\d]/.test(answer)) {
    return undefined;
  }
  const word = firstWord.exec(plainText(answer.slice(0, 200)).toLowerCase())?.[0] ?? "";
  const rest = plainText(answer.slice(0, 200)).slice(word.length);
  return Object.hasOwn(verdicts, word) && /^\s*(?:[.,;:!,。;—-]|$)/.test(rest) ? verdicts[word] : undefined;
}
