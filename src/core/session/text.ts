/** The first `units` code units of a text with white space folded to single spaces. */
export function foldSpace(text: string, units: number): string {
  const folded = text
    .slice(0, units * 4)
    .replace(/\s+/g, " ")
    .trim();
  return folded.length <= units ? folded : folded.slice(0, units);
}
