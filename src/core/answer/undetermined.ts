/** Answers that say there is none: the question does not give what is needed. */
import type { Span } from "../trace";

const cannot = "(?:can(?:not|\\s+not|['’]t)|could\\s+not|couldn['’]t|impossible\\s+to|unable\\s+to|not\\s+possible\\s+to|no\\s+way\\s+to)";
const decide = "(?:determin|comput|calculat|conclud|solv|answer|decid|find|found|know)\\w*";

/** What states it, as data; the whole match is the answer. */
const statements: readonly string[] = [
  `${cannot}\\s+(?:be\\s+)?(?:\\w+ly\\s+)?${decide}`,
  "(?:not\\s+enough|insufficient|too\\s+little|inadequate)\\s+(?:information|data)",
  "(?:is|are|remains?)\\s+(?:undetermined|indeterminate|undeterminable|not\\s+determined)",
  "(?:无法|不能|不可能)(?:被)?(?:确定|求出|计算|得出|回答|求解|判断)",
  "(?:条件|信息|数据)不(?:足|够)",
];
const statement = new RegExp(statements.join("|"), "i");
const everyStatement = new RegExp(statement, "gi");
const bare = /^(?:undetermined|indeterminate|undeterminable|unknown|unanswerable|unsolvable)$/i;

/** An answer beyond this is a text about something else. */
const longest = 160;

/** Every place where a text says that the answer cannot be found, in order. Linear. */
export function undeterminedPlaces(text: string): Span[] {
  return Array.from(text.matchAll(everyStatement), (match) => ({
    start: match.index + (/^(?:is|are|remains?)\s+/i.exec(match[0])?.[0].length ?? 0),
    end: match.index + match[0].length,
  }));
}

/** Letters without which no statement here can be made. */
const fewestLetters = 5;

/** True when there are letters enough for a statement, or Chinese characters: a cheap test before the patterns. */
function hasWords(answer: string): boolean {
  let letters = 0;
  for (let at = 0; at < answer.length; at += 1) {
    const unit = answer.charCodeAt(at);
    letters += (unit | 32) >= 97 && (unit | 32) <= 122 ? 1 : 0;
    if (letters >= fewestLetters || unit >= 0x2e80) {
      return true;
    }
  }
  return false;
}

/** True for an answer that says there is none: "cannot be determined", "not enough information", 无法确定. */
export function isUndetermined(answer: string): boolean {
  if (answer.length > longest || !hasWords(answer)) {
    return false;
  }
  const plain = answer.replace(/\\text(?:bf|it|rm)?\{([^{}]*)\}/g, "$1").replace(/[$*.。]/g, "");
  return bare.test(plain.trim()) || statement.test(plain);
}
