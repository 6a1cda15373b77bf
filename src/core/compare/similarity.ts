/** How alike two passages are: cosine of their words' weights, with formulas, numbers and words in one vocabulary. Linear in the text. */
import { isUnspaced, unspacedShape, unspacedTerms } from "./unspacedTerms";

/** Words that say nothing about what a step is about. */
const stopWords = new Set(
  "the a an of to in is are was were be been being it its this that these those and or but so then now we i you he she they let lets us me my our your their there here for on at by with from as if not no do does did have has had can could will would should may might must just also too very well okay ok hmm wait alright yes right since because therefore thus hence which what how when where who than more most some any all each both only into out up about over again first next which get got make made need want see know think say said one".split(
    " ",
  ),
);

/** LaTeX commands that are layout or that every formula has. */
const layout = new Set(
  "left right frac dfrac tfrac cdot times text mathrm mathbf displaystyle quad qquad begin end align aligned boxed big bigl bigr mbox ldots dots cdots".split(
    " ",
  ),
);

/** Signs and what LaTeX calls them, so that both spellings meet. */
const signs: Readonly<Record<string, string>> = {
  π: "pi",
  θ: "theta",
  α: "alpha",
  β: "beta",
  "√": "sqrt",
  "∞": "infty",
  "°": "circ",
  φ: "phi",
  λ: "lambda",
  "∠": "angle",
  "²": "2",
  "³": "3",
  "⁴": "4",
};

const tokenShape = new RegExp(
  String.raw`\\[a-zA-Z]+|${unspacedShape}|\p{Script=Greek}|[\p{Script=Latin}]+|\p{L}+|\d+(?:\.\d+)?|[√∞°∠²³⁴]`,
  "gu",
);

function stem(word: string): string {
  if (word.length < 5) {
    return word;
  }
  return word.replace(/(?:ing|ed|es|s)$/, "").replace(/e$/, "");
}

/** A spelling as a term; empty for what says nothing. */
function wordOf(spelling: string): string {
  if (spelling.startsWith("\\")) {
    const command = spelling.slice(1);
    return layout.has(command) ? "" : command.toLowerCase();
  }
  const sign = signs[spelling];
  if (sign !== undefined) {
    return sign;
  }
  const word = spelling.toLowerCase();
  return stopWords.has(word) ? "" : /^[a-z]/.test(word) ? stem(word) : word;
}

/** A passage as terms, ascending, and their weights. `norm` is the weights' length, `mass` their sum, `size` counts the content words. */
export interface Vector {
  readonly terms: Int32Array;
  readonly weights: Float32Array;
  readonly norm: number;
  readonly mass: number;
  readonly size: number;
}

/** A passage without content words. */
export const emptyVector: Vector = { terms: new Int32Array(0), weights: new Float32Array(0), norm: 1, mass: 0, size: 0 };

/** Passages of two texts in one vocabulary. */
export interface Vectors {
  readonly teacher: readonly Vector[];
  readonly student: readonly Vector[];
  /** In how many passages each term stands, and the weight that follows from it. */
  readonly frequency: Int32Array;
  readonly idf: Float32Array;
  /** How often each term stands in each passage, teacher's passages first. */
  readonly counts: readonly Counts[];
}

/** Terms of a passage and how often each stands in it. */
export type Counts = ReadonlyMap<number, number>;

/** Numbers of terms. `seen` holds every spelling met so far, so that each is folded once; −1 for words that say nothing. */
class Vocabulary {
  readonly terms = new Map<string, number>();
  private readonly seen = new Map<string, number>();

  count(text: string): Counts {
    const counts = new Map<number, number>();
    for (const spelling of text.match(tokenShape) ?? []) {
      if (isUnspaced(spelling)) for (const term of unspacedTerms(spelling)) this.add(term, counts);
      else this.add(spelling, counts);
    }
    return counts;
  }

  private add(spelling: string, counts: Map<number, number>): void {
    const term = this.seen.get(spelling) ?? this.meet(spelling);
    if (term >= 0) counts.set(term, (counts.get(term) ?? 0) + 1);
  }

  private meet(spelling: string): number {
    const word = wordOf(spelling);
    const term = word === "" ? -1 : (this.terms.get(word) ?? this.terms.size);
    if (term >= 0) this.terms.set(word, term);
    this.seen.set(spelling, term);
    return term;
  }
}

function weighted(counts: Counts, idf: Float32Array): Vector {
  const terms = Int32Array.from(counts.keys()).sort();
  const weights = new Float32Array(terms.length);
  let sum = 0;
  let mass = 0;
  let size = 0;
  for (const [i, term] of terms.entries()) {
    const count = counts.get(term) ?? 0;
    const weight = (1 + Math.log(count)) * (idf[term] ?? 1);
    weights[i] = weight;
    sum += weight * weight;
    mass += weight;
    size += count;
  }
  return { terms, weights, norm: Math.sqrt(sum) || 1, mass, size };
}

function weighAll(counts: readonly Counts[], teachers: number, terms: number): Vectors {
  const frequency = new Int32Array(terms);
  for (const passage of counts) {
    for (const term of passage.keys()) {
      frequency[term] = (frequency[term] ?? 0) + 1;
    }
  }
  const idf = Float32Array.from(frequency, (n) => Math.log(1 + counts.length / Math.max(1, n)));
  const vectors = counts.map((passage) => weighted(passage, idf));
  return { teacher: vectors.slice(0, teachers), student: vectors.slice(teachers), frequency, idf, counts };
}

/** Vectors of the passages of both sides; terms that stand in many passages weigh less. */
export function vectorize(teacher: readonly string[], student: readonly string[]): Vectors {
  const vocabulary = new Vocabulary();
  const counts = [...teacher, ...student].map((text) => vocabulary.count(text));
  return weighAll(counts, teacher.length, vocabulary.terms.size);
}

/** One vector of several passages of a side together, `[from, end)`. */
export function joined(vectors: Vectors, side: "teacher" | "student", from: number, end: number): Vector {
  const offset = side === "teacher" ? 0 : vectors.teacher.length;
  if (end === from + 1) return vectors[side][from] ?? emptyVector;
  const total = new Map<number, number>();
  for (let at = from; at < end; at += 1)
    for (const [term, count] of vectors.counts[offset + at] ?? []) total.set(term, (total.get(term) ?? 0) + count);
  return weighted(total, vectors.idf);
}

/** A run of passages, `[firstStep, endStep)`. */
interface Run {
  readonly firstStep: number;
  readonly endStep: number;
}

/** Vectors of runs of passages, such as the steps of each unit, from those of the passages. */
export function vectorizeRuns(vectors: Vectors, teacher: readonly Run[], student: readonly Run[]): Vectors {
  const sum = (run: Run, offset: number): Counts => {
    const total = new Map<number, number>();
    for (let step = run.firstStep; step < run.endStep; step += 1) {
      for (const [term, count] of vectors.counts[offset + step] ?? []) {
        total.set(term, (total.get(term) ?? 0) + count);
      }
    }
    return total;
  };
  const counts = [...teacher.map((run) => sum(run, 0)), ...student.map((run) => sum(run, vectors.teacher.length))];
  return weighAll(counts, teacher.length, vectors.frequency.length);
}

/** Cosine of two vectors, 0 to 1. */
export const cosine = (a: Vector, b: Vector): number => overlap(a, b).dot / (a.norm * b.norm);

/** Share of the weight of `part` that `whole` has too, 0 to 1; 0 for a passage without content words. */
export const containedIn = (part: Vector, whole: Vector): number => (part.mass > 0 ? overlap(part, whole).shared / part.mass : 0);

/** A passage of fewer content words than this is not judged by how much of it the other contains. */
const tellingSize = 8;

/**
 * How alike two passages are, 0 to 1: the mean of the cosine of their weights and of the share of the smaller passage's weight that the other
 * contains, so that a step split in two still meets its whole. Two passages without content words have 0. Symmetric.
 */
export function similarity(a: Vector, b: Vector): number {
  const { dot, shared } = overlap(a, b);
  if (dot === 0) {
    return 0;
  }
  const contained = (shared / Math.min(a.mass, b.mass)) * Math.min(1, Math.min(a.size, b.size) / tellingSize);
  const alike = dot / (a.norm * b.norm);
  return Math.min(1, (alike + Math.max(alike, contained)) / 2);
}

/** The product of two vectors, and the weight that both have. */
function overlap(a: Vector, b: Vector): { readonly dot: number; readonly shared: number } {
  let i = 0;
  let j = 0;
  let dot = 0;
  let shared = 0;
  while (i < a.terms.length && j < b.terms.length) {
    const left = a.terms[i] ?? 0;
    const right = b.terms[j] ?? 0;
    if (left === right) {
      const [x, y] = [a.weights[i] ?? 0, b.weights[j] ?? 0];
      dot += x * y;
      shared += Math.min(x, y);
      i += 1;
      j += 1;
    } else if (left < right) {
      i += 1;
    } else {
      j += 1;
    }
  }
  return { dot, shared };
}
