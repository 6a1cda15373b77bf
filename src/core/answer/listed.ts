/** Answers to several parts or blanks: "①2；②3", "(1) 5 (2) 6", "2或6". */

const circled = /[\s;；,，、]*[\u2460-\u2469][\s:：.、]*/g;
const numbered = /[\s;；,，、。]*[(（]\s*(\d)\s*[)）]\s*/g;
const between = /(?<=[\d)}\]$])\s*(?:或者?|和|及|与|以及)\s*(?=[-\d\\($[])/g;
const foreign = /[^\x00-\x7f]/;

/** True for "(1) … (2) …" whose numbers count up from 1 and whose parts are not empty. */
function countsUp(answer: string): boolean {
  const marks = [...answer.matchAll(numbered)];
  return (
    marks.length >= 2 &&
    marks[0]?.index === 0 &&
    marks.every((mark, i) => Number(mark[1]) === i + 1 && mark.index + mark[0].length < (marks[i + 1]?.index ?? answer.length))
  );
}

/** The answer with its parts as a list: their numbers go, commas stand between. Anything else stays as it is. */
export function listed(answer: string): string {
  const parts = answer.includes("1") && /[(（]/.test(answer) && countsUp(answer) ? answer.replace(numbered, ", ") : answer;
  const list = foreign.test(parts) ? parts.replace(circled, ", ").replace(between, ", ") : parts;
  return list === answer ? answer : list.replace(/^[\s,]+/, "");
}
