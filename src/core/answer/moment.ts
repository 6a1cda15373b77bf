/** Dates and times of day. */

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** Signs that no date or time holds, in a text of ASCII alone. */
const foreign = /[=^_()+<>|%!&~#@[\]]/;
const ascii = /^[\x00-\x7f]*$/;

/** A calendar date or time of day as a comparable string; undefined for anything else. */
export function momentOf(answer: string): string | undefined {
  if (ascii.test(answer) && (foreign.test(answer) || !/\d/.test(answer))) {
    return undefined;
  }
  const text = answer
    .normalize("NFKC")
    .replace(/\\(?:text|mathrm|mbox)\s*\{([^{}]*)\}/g, " $1")
    .replace(/[$\\*]/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\.$/, "")
    .toLowerCase();
  return text.length > 60 ? undefined : (timeOf(text) ?? dateOf(text));
}

function timeOf(text: string): string | undefined {
  const match = /^(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*(a\.?m\.?|p\.?m\.?)?$/.exec(text);
  const [, hours = "", minutes, seconds = "00", half] = match ?? [];
  if (!match || (minutes === undefined && half === undefined)) {
    return undefined;
  }
  const hour = half ? (Number(hours) % 12) + (half.startsWith("p") ? 12 : 0) : Number(hours);
  return hour > 24 || Number(minutes ?? 0) > 59 ? undefined : `t${hour}:${minutes ?? "00"}:${seconds}`;
}

function date(year: string | undefined, month: number, day: string): string | undefined {
  return month >= 1 && month <= 12 && Number(day) >= 1 && Number(day) <= 31 ? `d${year ?? ""}-${month}-${Number(day)}` : undefined;
}

function dateOf(text: string): string | undefined {
  const iso = /^(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})日?$/.exec(text);
  if (iso) {
    return date(iso[1], Number(iso[2]), iso[3] ?? "");
  }
  const named = /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(text);
  const dayFirst = /^(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?(?:,? (\d{4}))?$/.exec(text);
  const [month, day, year] = named ? [named[1], named[2], named[3]] : dayFirst ? [dayFirst[2], dayFirst[1], dayFirst[3]] : [];
  const number = months.indexOf((month ?? "").slice(0, 3)) + 1;
  const whole = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?$/.test(month ?? "");
  return whole && day ? date(year, number, day) : undefined;
}

/** True or false when two answers, read by {@link momentOf}, are both dates or both times of day; undefined otherwise. A date without a year equals only its like. */
export function sameMoment(left: string | undefined, right: string | undefined): boolean | undefined {
  return left !== undefined && right !== undefined && left[0] === right[0] ? left === right : undefined;
}
