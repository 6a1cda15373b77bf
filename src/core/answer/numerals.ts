/** Numbers written in words: Chinese numerals and English number words. */

const digits: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const places: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const groups: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 };

function chineseValue(text: string): number | undefined {
  if (!/^[零〇一二两三四五六七八九十百千万亿]{1,20}$/.test(text)) {
    return undefined;
  }
  if (text.length > 1 && /^[零〇一二三四五六七八九]+$/.test(text)) {
    return Number([...text].map((sign) => digits[sign]).join(""));
  }
  let total = 0;
  let group = 0;
  let digit = 0;
  for (const sign of text) {
    const place = places[sign];
    const factor = groups[sign];
    if (place !== undefined) {
      group += (digit || 1) * place;
      digit = 0;
    } else if (factor !== undefined) {
      total = (total + group + digit) * factor;
      group = 0;
      digit = 0;
    } else {
      digit = digits[sign] ?? 0;
    }
  }
  return total + group + digit;
}

/**
 * An answer whose number is in Chinese numerals, with the number in digits: 三十二个 → "32", 三分之二 → "2/3", 百分之五 → "5%", 负三点五 → "-3.5".
 * Undefined when it is none.
 */
export function chineseNumber(answer: string): string | undefined {
  if (!/[\u3007\u4e00-\u9fff]/.test(answer)) {
    return undefined;
  }
  const text = answer.trim().replace(/[$。.]/g, "");
  const match =
    /^(负?)([零〇一二两三四五六七八九十百千万亿]+|\d+)(?:(分之)([零〇一二两三四五六七八九十百千万亿]+|\d+)|点([零〇一二三四五六七八九]+))?([^\d]{0,4})$/.exec(
      text,
    );
  if (!match) {
    return undefined;
  }
  const [, negative, whole = "", over, above = "", decimals = "", rest = ""] = match;
  const sign = negative ? "-" : "";
  const read = (part: string): number | undefined => (/^\d+$/.test(part) ? Number(part) : chineseValue(part));
  const [value, numerator] = [read(whole), read(above)];
  if (over && numerator !== undefined) {
    return whole === "百" ? `${sign}${numerator}%` : value ? `${sign}${numerator}/${value}` : undefined;
  }
  if (value === undefined || /^\d/.test(whole) || /[零〇一二两三四五六七八九十百千万亿]/.test(rest)) {
    return undefined;
  }
  const fraction = [...decimals].map((digit) => digits[digit]).join("");
  return fraction === "" ? `${sign}${value}` : `${sign}${value}.${fraction}`;
}

const small =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const scales: Readonly<Record<string, number>> = { hundred: 100, thousand: 1000, million: 1e6, billion: 1e9 };
const fractions: Readonly<Record<string, number>> = {
  half: 2,
  halves: 2,
  third: 3,
  thirds: 3,
  quarter: 4,
  quarters: 4,
  fourth: 4,
  fourths: 4,
  fifth: 5,
  fifths: 5,
  sixth: 6,
  sixths: 6,
  eighth: 8,
  eighths: 8,
  tenth: 10,
  tenths: 10,
};

function wordValue(word: string): number | undefined {
  const unit = small.indexOf(word);
  const ten = tens.indexOf(word);
  return unit >= 0 ? unit : ten >= 0 ? (ten + 2) * 10 : undefined;
}

/** An answer that begins with English number words, in digits, further words kept: "twenty-one apples" → "21 apples". Undefined when it does not. */
export function numberWords(answer: string): string | undefined {
  if (!/^\s*[\\$.a-zA-Z]/.test(answer)) {
    return undefined;
  }
  const words = answer
    .trim()
    .replace(/^\\(?:text|mathrm|mbox)\{([^{}]*)\}$/, "$1")
    .toLowerCase()
    .replace(/[.$]/g, "")
    .split(/[\s-]+/)
    .slice(0, 30);
  let total = 0;
  let current = 0;
  let used = 0;
  for (const word of words) {
    const value = wordValue(word);
    const scale = scales[word];
    if (value !== undefined) {
      current += value;
    } else if (scale !== undefined && used > 0) {
      current = Math.max(1, current) * scale;
      if (scale >= 1000) {
        total += current;
        current = 0;
      }
    } else if (!(word === "and" && used > 0 && scales[words[used - 1] ?? ""] !== undefined)) {
      break;
    }
    used += 1;
  }
  const divisor = fractions[words[used] ?? ""];
  if (used > 0 && divisor !== undefined && used + 1 === words.length) {
    return `${total + current}/${divisor}`;
  }
  if (used === 0 || words.length - used > 3) {
    return undefined;
  }
  return [String(total + current), ...words.slice(used)].join(" ");
}
