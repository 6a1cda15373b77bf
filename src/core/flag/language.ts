/** Code units looked at: the language of a trace shows at its start and in its middle. */
const sampled = 6_000;

/** Latin letters that weigh as much as one Han character: about the letters of a word. */
const lettersPerHan = 4;

/** Small words of English; other languages in Latin script hardly use them. */
const english = /\b(?:the|is|of|and|so|to|that|we|let|this|for|it)\b/gi;

/** Share of words that {@link english} makes up in English prose is 0.2 to 0.4; formulas dilute it. */
const englishShare = 0.03;

/**
 * The main language of a text, from its script and small words: `zh` when Han characters outweigh letters, `en` when Latin letters do and English small
 * words occur, `other` for anything else, an empty text included.
 */
export const languageOf = (text: string): "en" | "zh" | "other" => {
  const piece = text.length <= sampled ? text : text.slice(0, sampled / 2) + text.slice(text.length >> 1, (text.length >> 1) + sampled / 2);
  let han = 0;
  let kana = 0;
  let latin = 0;
  let other = 0;
  for (let at = 0; at < piece.length; at++) {
    const unit = piece.charCodeAt(at);
    if ((unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a)) latin++;
    else if (unit >= 0x3400 && unit <= 0x9fff) han++;
    else if ((unit >= 0x3040 && unit <= 0x30ff) || (unit >= 0xac00 && unit <= 0xd7af)) kana++;
    else if (unit >= 0x400 && unit < 0x1c80) other++;
  }
  if (han * lettersPerHan > latin + other && kana * 4 < han) return "zh";
  if (latin <= other + (kana + han) * lettersPerHan) return "other";
  const words = latin / 4.5;
  return (piece.match(english)?.length ?? 0) >= words * englishShare ? "en" : "other";
};
