/** Structures of molecules in a text, as SMILES strings (Weininger 1988; OpenSMILES 1.0). */
import type { Span } from "../../src/core/trace";

/** Longest string that is taken for a structure, and how many are offered in one text. */
const longest = 400;
const most = 8;

/** Tags that hold nothing else (Galactica, ChemLLM and their like). */
const tagged = /<smiles>\s*(\S{1,400}?)\s*<\/smiles>|\[START_SMILES\]\s*(\S{1,400}?)\s*\[END_SMILES\]/dgi;
/** `SMILES: …`, "the SMILES is …", "SMILES string `…`". */
const named =
  /\bSMILES\b(?:\s+(?:string|notation|code|representation|is|of|for|the))*\s*[:=]?\s*["'`*]*([A-Za-z0-9@+\-[\]()=#$%/\\.]{2,400})/dg;
/** A block fenced as such, one structure a line. */
const fenced = /^[ \t]*```smiles[ \t]*\n([^`]*?)\n?[ \t]*```/dgm;

const bracketAtom = /\[\d*(?:[A-Z][a-z]?|[bcnops]|se|as|\*)@{0,2}(?:H\d*)?(?:[+-]\d*|\++|-+)?(?::\d+)?\]/g;
const organic = /^(?:Cl|Br|[BCNOPSFI]|[bcnops]|[-=#$:/\\.()]|%\d\d|\d|\*)+$/;

/** True for a string that can be read as SMILES and that no word or number is by chance. */
export function isSmiles(text: string): boolean {
  if (text.length < 2 || text.length > longest) return false;
  const bare = text.replace(bracketAtom, "C");
  if (!organic.test(bare) || !/[BCNOPSFIbcnops]/.test(bare)) return false;
  const open = bare.split("(").length;
  return open === bare.split(")").length && !/\(\)|^[)=#]/.test(bare);
}

/** Where structures stand in a text: those in tags or fences, and those that the text calls SMILES. Ascending, without overlap. Linear time. */
export function findSmiles(text: string): Span[] {
  if (!/smiles/i.test(text)) return [];
  const found: Span[] = [];
  for (const pattern of [tagged, named]) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices?.[1] ?? match.indices?.[2] ?? [0, 0];
      found.push(trimmed(text, start, end));
    }
  }
  for (const match of text.matchAll(fenced)) {
    let at = match.indices?.[1]?.[0] ?? 0;
    for (const line of (match[1] ?? "").split("\n")) {
      const lead = line.length - line.trimStart().length;
      found.push({ start: at + lead, end: at + line.trimEnd().length });
      at += line.length + 1;
    }
  }
  return found
    .sort((a, b) => a.start - b.start)
    .filter(({ start, end }, index, all) => start >= (all[index - 1]?.end ?? 0) && isSmiles(text.slice(start, end)))
    .slice(0, most);
}

/** A full stop at the end belongs to the sentence. */
function trimmed(text: string, start: number, end: number): Span {
  let to = end;
  while (to > start && /[.,]/.test(text[to - 1] ?? "")) to -= 1;
  return { start, end: to };
}
