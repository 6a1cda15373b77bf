/** A similarity for a chip: two decimals, rounded down so that 1.00 means the same word for word. */
export const percentOf = (similarity: number): string => (Math.floor(similarity * 100 + 1e-9) / 100).toFixed(2);

/** A whole number with thousands separators. */
export const grouped = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");

/** A piece of the text short enough for a chip: one line, at most `most` characters. */
export const clipped = (text: string, most = 24): string => {
  const line = text
    .slice(0, most * 4)
    .replace(/\s+/g, " ")
    .trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
};
