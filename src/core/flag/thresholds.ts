/** A number a rule compares with: its value, what it counts, and where it comes from. */
interface Threshold {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
}

/** Every number a rule decides by, in one place. `README` and the settings page are written from this table. */
export const thresholdTable = {
  repeatOverlap: {
    value: 0.6,
    unit: "Jaccard of 5-word shingles, 0–1",
    source: "near-duplicate practice (Broder 1997; MinHash deduplication of web corpora uses 0.5–0.8)",
  },
  repeatCosine: {
    value: 0.9,
    unit: "TF-IDF cosine, 0–1",
    source: "agrees with the shingle rule on reworded repeats; below 0.9 parallel cases of one argument are caught",
  },
  repeatWords: {
    value: 5,
    unit: "words",
    source: "one shingle: shorter steps are cues and short equations, alike by chance",
  },
  restateOverlap: {
    value: 0.6,
    unit: "share of the step's 3-word shingles that stand in the question, 0–1",
    source: "chosen by eye on R1, QwQ and Sky-T1 traces",
  },
  restateFirst: {
    value: 0.85,
    unit: "the same share, for set-up at the trace's start",
    source: "reading the question once is not redundant unless it is copied",
  },
  restateWords: { value: 10, unit: "words", source: "shorter phrases of the question are references to it" },
  reverifyOverlap: {
    value: 0.5,
    unit: "share of a check's numbers that the earlier passage has, 0–1",
    source: "chosen by eye: a check with new numbers is a new calculation",
  },
  loopCount: { value: 3, unit: "periods", source: "Gopher's quality rules count the third copy; two copies are a repeat" },
  loopWords: { value: 60, unit: "words in the whole loop", source: "about two sentences three times; shorter runs are lists and tables" },
  premiseDoubts: {
    value: 2,
    unit: "phrases in a trace",
    source: "a single doubt may be passing; two in a short answer are seldom drawn by a well-posed question (MiP-Overthinking twins)",
  },
  premisePer1k: {
    value: 3,
    unit: "such phrases per 1,000 tokens",
    source: "MiP-Overthinking, R1: median 10.6 on questions with a missing premise, 0 on their well-posed twins",
  },
  switchesInRow: {
    value: 3,
    unit: "approaches left without an answer, in a row",
    source: "2501.18585 counts frequent switches, not a single one",
  },
  mixingRun: {
    value: 4,
    unit: "CJK characters, or four times as many letters, outside maths and code",
    source: "shorter runs are names and quoted terms",
  },
  unitShare: { value: 0.5, unit: "share of a unit's tokens in redundant steps, 0–1", source: "a majority" },
} as const satisfies Record<string, Threshold>;

export type ThresholdName = keyof typeof thresholdTable;

/** The numbers the rules use, by name. */
export type Thresholds = Readonly<Record<ThresholdName, number>>;

/** The thresholds, some replaced. A value that is not a finite number keeps the default. */
export const thresholdsWith = (changes?: Partial<Thresholds>): Thresholds => {
  defaults ??= changed({});
  return changes === undefined ? defaults : changed(changes);
};

let defaults: Thresholds | undefined;

const changed = (changes: Partial<Thresholds>): Thresholds => {
  const pick = (name: ThresholdName): number => {
    const change = changes[name];
    return change !== undefined && Number.isFinite(change) ? change : thresholdTable[name].value;
  };
  return {
    repeatOverlap: pick("repeatOverlap"),
    repeatCosine: pick("repeatCosine"),
    repeatWords: pick("repeatWords"),
    restateOverlap: pick("restateOverlap"),
    restateFirst: pick("restateFirst"),
    restateWords: pick("restateWords"),
    reverifyOverlap: pick("reverifyOverlap"),
    loopCount: pick("loopCount"),
    loopWords: pick("loopWords"),
    premiseDoubts: pick("premiseDoubts"),
    premisePer1k: pick("premisePer1k"),
    switchesInRow: pick("switchesInRow"),
    mixingRun: pick("mixingRun"),
    unitShare: pick("unitShare"),
  };
};
