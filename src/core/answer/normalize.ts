/** Spelling of answers made uniform before they are read: characters, LaTeX variants, separators. Every rule is linear. */

/** A rule; `needs` is a sign without which the pattern cannot match, so that most rules cost most answers nothing. */
type Rule = readonly [pattern: RegExp, replacement: string, needs?: string];

const commands =
  "frac|dfrac|tfrac|cfrac|sqrt|boxed|left|right|le|leq|ge|geq|lt|gt|ne|neq|text|textbf|mathrm|mathbf|mathbb|pi|infty|cdot|times|pm|mp|in|cup|cap|circ|sin|cos|tan|log|ln|begin|end|quad|theta|alpha|beta|approx|sum|int|binom|setminus|lfloor|rfloor|lceil|rceil|angle|degree";

/** Unicode signs and their LaTeX names. */
const characters: Readonly<Record<string, string>> = {
  "−": "-",
  "–": "-",
  "—": "-",
  "‐": "-",
  "×": " \\times ",
  "÷": " / ",
  "·": " \\cdot ",
  "⋅": " \\cdot ",
  "∗": "*",
  "≤": " \\le ",
  "≥": " \\ge ",
  "⩽": " \\le ",
  "⩾": " \\ge ",
  "≠": " \\ne ",
  "≈": " \\approx ",
  "≅": " \\approx ",
  "∞": " \\infty ",
  "∪": " \\cup ",
  "∩": " \\cap ",
  "∈": " \\in ",
  "∖": " \\setminus ",
  "±": " \\pm ",
  "∓": " \\mp ",
  "°": " \\degree ",
  "√": " \\sqrt ",
  "∅": " \\emptyset ",
  ℝ: " \\mathbb{R} ",
  π: " \\pi ",
  α: " \\alpha ",
  β: " \\beta ",
  θ: " \\theta ",
  φ: " \\phi ",
  λ: " \\lambda ",
  "⌊": " \\lfloor ",
  "⌋": " \\rfloor ",
  "⌈": " \\lceil ",
  "⌉": " \\rceil ",
  "½": " \\frac{1}{2} ",
  "⅓": " \\frac{1}{3} ",
  "⅔": " \\frac{2}{3} ",
  "¼": " \\frac{1}{4} ",
  "¾": " \\frac{3}{4} ",
  "∶": ":",
  "⁄": "/",
  "、": ",",
  "。": ".",
  "€": " ",
  "£": " ",
  "¥": " ",
  "﹪": "%",
};
const characterPattern = new RegExp(`[${Object.keys(characters).join("")}]`, "g");
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const subscripts = "₀₁₂₃₄₅₆₇₈₉";

const rules: readonly Rule[] = [
  [new RegExp(`\\\\\\\\(?=(?:${commands})(?![a-zA-Z]))`, "g"), "\\", "\\\\"],
  [/\\\\(?:\[[^\]]{0,12}\])?/g, "\uE002", "\\\\"],
  [/<\|im_(?:start|end)\|>\w*/g, "", "<|"],
  [
    /\\(?:displaystyle|textstyle|left|right|limits|nolimits|bigl?|bigr?|Bigl?|Bigr?|biggl?|biggr?|hfill|qed|square|blacksquare|Box)(?![a-zA-Z])/g,
    " ",
    "\\",
  ],
  [/(?<=\d)\s*\^\s*\{?\s*\\(?:text|mathrm)\s*\{\s*(?:st|nd|rd|th)\s*\}\s*\}?/g, " ", "\\"],
  [/\\(?:d|t|c|x)frac(?![a-zA-Z])/g, "\\frac", "\\"],
  [/\\(?:leqslant|leq|leqq)(?![a-zA-Z])/g, "\\le", "\\"],
  [/\\(?:geqslant|geq|geqq)(?![a-zA-Z])/g, "\\ge", "\\"],
  [/\\(?:neq|not\s*=)(?![a-zA-Z])/g, "\\ne ", "\\"],
  [/\\lt(?![a-zA-Z])/g, "<", "\\"],
  [/\\gt(?![a-zA-Z])/g, ">", "\\"],
  [/\\(?:lbrace|\{)(?![a-zA-Z])/g, "\\{", "\\"],
  [/\\(?:rbrace|\})(?![a-zA-Z])/g, "\\}", "\\"],
  [/\\l?vert(?![a-zA-Z])|\\rvert(?![a-zA-Z])/g, "|", "\\"],
  [/\\(?:mid|colon)(?![a-zA-Z])/g, ":", "\\"],
  [/\^\s*\{?\s*\\circ\s*\}?|\\degree(?![a-zA-Z])|\\textdegree(?![a-zA-Z])/g, " \\degree ", "\\"],
  [/(\d)\s*(?:\{,\}|,\s*\\!|\\,|\{\\,\}|\\!)\s*(?=\d{3}(?!\d))/g, "$1\uE000"],
  [/(\d)\s*(?:\{,\}|,\\!)\s*(?=\d)/g, "$1\uE000", ","],
  [/\uE000/g, "", "\uE000"],
  [/\\[,;:!>]|\\(?:q?quad|thinspace|enspace|medspace|hspace\*?\{[^}]{0,20}\})(?![a-zA-Z])/g, " ", "\\"],
  [/~/g, " ", "~"],
  [/\\ /g, " ", "\\ "],
  [/\\[([\])]/g, " ", "\\"],
  [/\\\$|\$/g, " ", "$"],
  [/\\#/g, "", "\\#"],
  [/(?<=[\d)}])or(?=[A-Z\d(])/g, " or ", "or"],
  [/(?<=[\d)}])and(?=[A-Z\d(])/g, " and ", "and"],
  [/^[*`\s]+|[*`\s]+$/g, ""],
  [/\*\*(?=\D|$)/g, " ", "**"],
  [/__/g, " ", "__"],
  [/\\varnothing(?![a-zA-Z])/g, "\\emptyset", "\\"],
  [/\\\{\s*[a-zA-Z]\s*(?:\\in\s*\\mathbb\s*\{R\}\s*)?[:|]\s*([^{}\\]*(?:\\(?:le|ge|ne|infty|pi|in|cup)[^{}\\]*)*)\\\}/g, "$1", "\\{"],
  [/(?<!\d)(\d{1,3})((?: \d{3})+)(?!\d)/g, "$1\uE001$2", " "],
];

function joinSpaced(text: string): string {
  return text.replace(/(\d)\uE001((?: \d{3})+)/g, (_, head: string, tail: string) => head + tail.replaceAll(" ", ""));
}

/** 0.1\overline{6} as the fraction it is. */
function repeating(text: string): string {
  return text.replace(
    /(\d{0,12})\.(\d{0,12})\\(?:overline|bar|dot)\s*\{?(\d{1,12})\}?/g,
    (_, whole: string, fixed: string, period: string) => {
      const [long, short] = [BigInt(`${whole}${fixed}${period}`), BigInt(`${whole}${fixed}` || "0")];
      return `\\frac{${long - short}}{${"9".repeat(period.length)}${"0".repeat(fixed.length)}}`;
    },
  );
}

const beyondAscii = /[\u0080-\uffff]/;

/** Signs beyond ASCII as the commands they stand for. */
function inLatex(answer: string): string {
  return answer
    .replace(characterPattern, (sign) => characters[sign] ?? sign)
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (run) => `^{${[...run].map((digit) => superscripts.indexOf(digit)).join("")}}`)
    .replace(/[₀₁₂₃₄₅₆₇₈₉]+/g, (run) => `_{${[...run].map((digit) => subscripts.indexOf(digit)).join("")}}`)
    .normalize("NFKC");
}

/**
 * An answer's spelling made uniform: Unicode signs become LaTeX commands, sizes, delimiters and spacing go, thousands separated by spaces or `{,}`
 * join. Commas between digits stay: their meaning depends on the place. Never fails.
 */
export function normalizeAnswer(answer: string): string {
  let text = beyondAscii.test(answer) ? inLatex(answer) : answer;
  if (text.includes("\\")) {
    text = repeating(text);
  }
  for (const [pattern, replacement, needs] of rules) {
    if (needs === undefined || text.includes(needs)) {
      text = text.replace(pattern, replacement);
    }
  }
  return joinSpaced(text)
    .replaceAll("\uE002", "\\\\")
    .replace(/[\s.,;:]+$/, "")
    .trim();
}

/** Plain words of an answer for comparing as text: markup, case, articles, quotes and white space removed. */
export function foldText(answer: string): string {
  return answer
    .normalize("NFKC")
    .replace(/\\(?:text(?:bf|it|rm)?|mathrm|mathbf|mbox|operatorname)\s*\{([^{}]*)\}/g, "$1")
    .replace(/\\[,;:!()[\] ]|\\(?:left|right|quad|qquad)\b|[$"“”'‘’*`_]/g, " ")
    .toLowerCase()
    .replace(/\b(?:the|an?)\s+/g, "")
    .replace(/[\s ]+/g, " ")
    .replace(/^[\s.,;:!?。]+|[\s.,;:!?。]+$/g, "");
}
