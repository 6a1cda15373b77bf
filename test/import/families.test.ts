import { describe, expect, test } from "vitest";
import { isObject } from "../../src/core/import/access";
import { withHeldLists } from "../../src/core/import/heldLists";
import { chooseImporter, importRecord } from "../../src/core/import/registry";
import type { Json, PartKind, Trace } from "../../src/core/trace";
import { importAll, type Layout, readRecords } from "./fixtures";
import { wellFormed } from "./wellFormed";

const question = "A shelf holds 4 rows of 6 jars. How many jars is that?";
const reasoning = "Four rows of six. 4 * 6 = 24. Let me check: 6 + 6 + 6 + 6 = 24.";
const answer = "There are \\boxed{24} jars.";

/** Fields of a trace, or its parts as `kind` or `kind:name`. */
type Expected = Partial<Trace> & { readonly kinds?: readonly string[] };

interface Family {
  readonly file: string;
  readonly layout: Layout;
  readonly importer: string;
  readonly traces: readonly Expected[];
}

const families: readonly Family[] = [
  {
    file: "modelKey.json",
    layout: "array",
    importer: "model-key",
    traces: [
      { model: "acme-reasoner", question, text: reasoning, closing: "</think>", response: answer, thinking: "no-open", givenTokens: 31 },
      { question: "A shelf holds 4 rows of jars. How many jars is that?", variant: "insufficient_question", rollout: 1 },
    ],
  },
  {
    file: "flat.jsonl",
    layout: "lines",
    importer: "flat",
    traces: [
      {
        id: "7",
        model: "acme-7b",
        question,
        text: `\n${reasoning}\n`,
        response: `\n\n${answer}`,
        reference: "24",
        recordedCorrect: true,
        answerField: "24",
        givenTokens: 30,
        thinking: "closed",
      },
    ],
  },
  {
    file: "flatSplit.jsonl",
    layout: "lines",
    importer: "flat",
    traces: [
      {
        question,
        text: reasoning,
        response: answer,
        responsePath: ["Response"],
        reference: "24",
        model: "acme-qwen-7b",
        thinking: "field",
      },
      { text: "", response: answer, reference: "24", thinking: "empty" },
      { text: reasoning, response: "", thinking: "none" },
    ],
  },
  {
    file: "alpaca.jsonl",
    layout: "lines",
    importer: "flat",
    traces: [
      { question: "Count the jars.\n\n4 rows of 6", opening: "<Thought>", closing: "</Thought>", response: "\n<Output>\n24\n</Output>" },
    ],
  },
  {
    file: "harness.jsonl",
    layout: "lines",
    importer: "harness",
    traces: [
      { id: "0", question, text: `\n\n${reasoning}\n\n`, reference: "24", answerField: "24", recordedCorrect: true, thinking: "closed" },
      { rollout: 1, text: "\n\nFour plus six is 10", answerField: "10", recordedCorrect: false, thinking: "unclosed" },
    ],
  },
  {
    file: "lmEval.jsonl",
    layout: "lines",
    importer: "harness",
    traces: [
      { id: "12", question, text: `${reasoning} #### 24`, reference: "24" },
      { rollout: 1, text: reasoning },
    ],
  },
  {
    file: "keyedByQuestion.json",
    layout: "keyed",
    importer: "keyed-responses",
    traces: [
      { question, text: reasoning, reference: "24", recordedCorrect: true },
      { question, rollout: 1, recordedCorrect: false },
      { question: "How many legs do 3 cats have?", text: "3 * 4 = 12", reference: "12" },
    ],
  },
  {
    file: "chatReasoning.jsonl",
    layout: "lines",
    importer: "chat",
    traces: [{ id: "c1", system: "Be brief.", question, text: reasoning, response: answer, thinking: "field", model: "acme-7b" }],
  },
  {
    file: "shareGpt.jsonl",
    layout: "lines",
    importer: "chat",
    traces: [{ question, text: `\n${reasoning}\n`, response: `\n\n${answer}`, thinking: "closed" }],
  },
  {
    file: "chatInfo.jsonl",
    layout: "lines",
    importer: "chat",
    traces: [{ question, text: reasoning, reference: "24", recordedCorrect: true, thinking: "closed" }],
  },
  {
    file: "chatTools.jsonl",
    layout: "lines",
    importer: "chat",
    traces: [
      { question: "What is 12 + 30?", response: "The sum is 42.", kinds: ["reasoning", "message", "tool-call:add", "observation:add"] },
    ],
  },
  {
    file: "chatTyped.jsonl",
    layout: "lines",
    importer: "chat",
    traces: [
      {
        question: "What time is it?",
        text: "I need the clock.\n\ndate\n\n12:00",
        response: "It is noon.",
        kinds: ["reasoning", "tool-call:Bash", "observation:Bash"],
      },
    ],
  },
  {
    file: "batch.jsonl",
    layout: "lines",
    importer: "chat",
    traces: [
      { id: "job-3", question, model: "acme-7b", text: reasoning, response: "", cutOff: true },
      { rollout: 1, text: reasoning, response: answer },
    ],
  },
  {
    file: "responsesApi.jsonl",
    layout: "lines",
    importer: "chat",
    traces: [{ id: "r1", model: "acme-o", question, text: "Four rows of six.\n\nThat is 24.", response: answer, thinking: "field" }],
  },
  {
    file: "responsesTools.jsonl",
    layout: "lines",
    importer: "chat",
    traces: [
      {
        text: "I look it up.\n\ntype: search\nquery: jars\n\nprint(4 * 6)\n\n24\n\n![](https://example.org/plot.png)\n\nimage_generation_call()\n\n![](data:image/octet-stream;base64,AAAA)\n\n24 jars.",
        response: "I cannot say the price.",
        kinds: [
          "reasoning",
          "tool-call:web_search_call",
          "tool-call:code_interpreter_call",
          "observation:code_interpreter_call",
          "observation:code_interpreter_call",
          "tool-call:image_generation_call",
          "message",
          "message",
        ],
      },
    ],
  },
  {
    file: "chatChannels.jsonl",
    layout: "lines",
    importer: "chat",
    traces: [
      { question, text: "Four rows of six.", response: "24", thinking: "field" },
      { text: "Four rows.\n\nSix a row.", response: "24", thinking: "field" },
      { text: "Whose jars?", response: "I cannot say.", responsePath: ["messages", 1, "refusal"] },
    ],
  },
  {
    file: "generationsChat.jsonl",
    layout: "lines",
    importer: "several-answers",
    traces: [
      { question, text: "\nFour rows of six. 4 * 6 = 24.\n", recordedCorrect: true, reference: "24" },
      { rollout: 1, thinking: "unclosed", recordedCorrect: false, cutOff: true },
    ],
  },
  {
    file: "reasoningSolution.jsonl",
    layout: "lines",
    importer: "flat",
    traces: [{ question, text: "Four rows of six.", response: "There are \\boxed{24} jars.", reference: "The product is 24." }],
  },
  {
    file: "chatMedia.jsonl",
    layout: "lines",
    importer: "chat",
    traces: [
      {
        question: "Draw a shelf.\n\n![](https://example.org/wall.png)",
        text: "Four rows.\n\n![](draft.png)\n\nToo narrow. Six jars a row.",
        kinds: ["reasoning", "message", "reasoning"],
        response: "Here it is:\n\n![](file-1)",
      },
      {
        text: "I look at it.\n\n{}\n\ndone\n\n![](data:image/png;base64,AAAA)",
        kinds: ["reasoning", "tool-call:screenshot", "observation:screenshot", "observation:screenshot"],
        response: "A shelf.",
      },
      {
        text: "![](jar.png)\n\n<think>\nRound.\n",
        kinds: ["message", "tag", "reasoning"],
        response: "\nA jar.\n\n![](data:audio/wav;base64,AAAA)",
      },
      {
        system: "Follow the picture.\n\n![](plan.png)\n\n![](data:audio/wav;base64,AAAA)\n\nBe brief.",
        question,
        text: "Four rows.\n\nNow a plan:\n\n![](later.png)\n\nSix jars a row.",
        kinds: ["reasoning", "observation:system", "observation:system", "reasoning"],
        response: "24",
      },
    ],
  },
  {
    file: "agent.traj",
    layout: "single",
    importer: "agent-log",
    traces: [
      {
        question: "How many jars are listed?",
        system: "You are a shell user.",
        response: "24",
        responsePath: ["info", "submission"],
        kinds: [
          "reasoning",
          "tool-call:ls",
          "observation:ls",
          "reasoning",
          "tool-call:wc",
          "observation:wc",
          "reasoning",
          "tool-call:submit",
        ],
      },
    ],
  },
  {
    file: "session.jsonl",
    layout: "lines",
    importer: "session-lines",
    traces: [
      { id: "s1", question: "Sort the jars.", text: "" },
      { id: "s2", model: "acme-agent", text: "Sort by size.\n\npath: jars.txt\ntext: a\nb", kinds: ["reasoning", "tool-call:Edit"] },
      { id: "s3", text: "file written", kinds: ["observation"] },
      { text: "" },
    ],
  },
  {
    file: "inspect.json",
    layout: "single",
    importer: "inspect-log",
    traces: [
      { id: "1", question, system: "Count.", text: reasoning, response: answer, reference: "24", recordedCorrect: true, answerField: "24" },
      { id: "2", rollout: 1, question: "How many legs do 3 cats have?", reference: "12", recordedCorrect: false, cutOff: true },
    ],
  },
  {
    file: "react.jsonl",
    layout: "lines",
    importer: "flat",
    traces: [{ question: "Who wrote the note?", kinds: ["reasoning", "tool-call:search", "observation:search", "reasoning"] }],
  },
  {
    file: "toolText.jsonl",
    layout: "lines",
    importer: "harness",
    traces: [{ question, reference: "24", kinds: ["reasoning", "tool-call:python", "observation:python", "reasoning"] }],
  },
  {
    file: "processSteps.jsonl",
    layout: "lines",
    importer: "step-arrays",
    traces: [
      {
        id: "p-1",
        model: "acme-7b",
        recordedCorrect: false,
        text: "Four rows of six.\n\n4 * 6 = 26.\n\nSo 26.",
        givenSteps: [
          { start: 0, end: 19 },
          { start: 19, end: 32, wrong: true },
          { start: 32, end: 38 },
        ],
      },
      { id: "p-2", recordedCorrect: true, givenSteps: [{ start: 0, end: 11 }] },
    ],
  },
  {
    file: "mistake.jsonl",
    layout: "lines",
    importer: "step-arrays",
    traces: [
      {
        reference: "24",
        answerField: "10",
        givenSteps: [
          { start: 0, end: 19 },
          { start: 19, end: 30, wrong: true },
        ],
      },
    ],
  },
  {
    file: "modifiedProcess.jsonl",
    layout: "lines",
    importer: "step-arrays",
    traces: [
      { variant: "original", question },
      {
        variant: "modified",
        rollout: 1,
        givenSteps: [
          { start: 0, end: 19 },
          { start: 19, end: 39, label: "error", wrong: true },
          { start: 39, end: 50 },
        ],
      },
    ],
  },
  {
    file: "ratedSteps.json",
    layout: "single",
    importer: "step-arrays",
    traces: [
      {
        question,
        reference: "24",
        text: "Rows have 6 jars.\n\nSo 4 + 6 = 10.",
        givenSteps: [
          { start: 0, end: 19, rating: 1 },
          { start: 19, end: 33, rating: -1, wrong: true },
        ],
      },
    ],
  },
  {
    file: "sections.jsonl",
    layout: "lines",
    importer: "sections",
    traces: [
      {
        text: "😀 I see one. 😀 Now two. The answer is 2.",
        givenSteps: [
          { start: 0, end: 13, label: "observe" },
          { start: 13, end: 25, label: "observe again" },
          { start: 25, end: 42, label: "conclude" },
        ],
      },
    ],
  },
  {
    file: "nodes.jsonl",
    layout: "lines",
    importer: "sections",
    traces: [
      {
        response: "Yes.",
        givenSteps: [
          { start: 0, end: 12, label: "check" },
          { start: 12, end: 26 },
          { start: 26, end: 38, label: "conclude" },
        ],
      },
    ],
  },
  {
    file: "inlineLabels.jsonl",
    layout: "lines",
    importer: "flat",
    traces: [
      {
        kinds: ["tag", "reasoning", "tag", "reasoning", "tag", "reasoning", "tag"],
        givenSteps: [
          { start: 0, end: 51, label: "initializing" },
          { start: 51, end: 112, label: "deduction" },
        ],
      },
    ],
  },
  {
    file: "chunks.json",
    layout: "single",
    importer: "step-arrays",
    traces: [
      {
        text: "We need the jars. 4 * 6 = 24.\n**Final Answer**\n24",
        givenSteps: [
          { start: 0, end: 18, label: "problem_setup" },
          { start: 18, end: 30, label: "active_computation, result_consolidation" },
          { start: 30, end: 49, label: "final_answer_emission" },
        ],
        signals: [{ name: "importance", level: "step", starts: [0, 18, 30], values: [0.1, 0.8, 0.2] }],
      },
    ],
  },
  {
    file: "chunks.json",
    layout: "array",
    importer: "step-arrays",
    traces: [{ text: "We need the jars." }, { text: "4 * 6 = 24." }, { text: "**Final Answer**\n24" }],
  },
  {
    file: "modelObjects.jsonl",
    layout: "lines",
    importer: "several-answers",
    traces: [
      { model: "small_model", question, reference: "24", recordedCorrect: false },
      { model: "large_model", rollout: 1, text: "4 * 6 = 24", recordedCorrect: true },
    ],
  },
  {
    file: "samples.json",
    layout: "array",
    importer: "several-answers",
    traces: [
      { id: "900", recordedCorrect: true },
      { id: "900", rollout: 1, recordedCorrect: false },
    ],
  },
  {
    file: "generations.jsonl",
    layout: "lines",
    importer: "several-answers",
    traces: [
      { id: "g-1", text: `\n${reasoning}\n`, reference: "24", recordedCorrect: true },
      { rollout: 1, thinking: "unclosed", cutOff: true, recordedCorrect: false },
    ],
  },
  {
    file: "preference.jsonl",
    layout: "lines",
    importer: "several-answers",
    traces: [
      { variant: "chosen", question, text: reasoning, response: answer },
      { variant: "rejected", question, text: "10" },
    ],
  },
  {
    file: "beforeAfter.jsonl",
    layout: "lines",
    importer: "several-answers",
    traces: [
      { variant: "before", question, text: reasoning, response: answer },
      { variant: "after", question, text: "10" },
    ],
  },
  {
    file: "teacherStudent.jsonl",
    layout: "lines",
    importer: "several-answers",
    traces: [
      { id: "4", variant: "teacher", model: "acme-70b", text: reasoning, reference: "24" },
      { id: "4", variant: "student", model: "acme-1b", text: "4 + 6 = 10", response: "10" },
    ],
  },
  {
    file: "numbered.jsonl",
    layout: "lines",
    importer: "several-answers",
    traces: [{ text: reasoning, reference: "24", model: "r1" }, { text: "4 * 6 = 24" }, { rollout: 2, text: "Six fours: 24" }],
  },
  {
    file: "trajectories.jsonl",
    layout: "lines",
    importer: "several-answers",
    traces: [
      { model: "acme", text: reasoning, response: answer, responsePath: ["acme_attempt"], reference: "24" },
      { model: "other", text: "Four rows.", response: "24" },
    ],
  },
  {
    file: "jsonText.jsonl",
    layout: "lines",
    importer: "several-answers",
    traces: [
      { text: "Rows: \\( 4 \\).\n\nSo 4 * 6 = 24.", answerField: "24", reference: "24", thinking: "closed" },
      { text: 'First line.\nSecond "line" and \\frac{1}{2}.', answerField: "24" },
    ],
  },
  {
    file: "logprobs.jsonl",
    layout: "lines",
    importer: "chat",
    traces: [
      {
        question: "2 + 2?",
        text: "It is 4.",
        signals: [
          {
            name: "logprobs",
            level: "token",
            starts: [0, 2, 5, 7],
            values: [-0.1, -0.2, -0.3, -0.4],
            top: [
              [
                { token: "It", logprob: -0.1 },
                { token: "The", logprob: -2.5 },
              ],
              [],
              [],
              [],
            ],
          },
        ],
      },
    ],
  },
  {
    file: "tokenRewards.jsonl",
    layout: "lines",
    importer: "flat",
    traces: [
      {
        text: "two and two",
        signals: [
          { name: "token_logprobs", level: "token", starts: [0, 3, 7], values: [-0.5, -0.25, -1.5] },
          { name: "token_rewards", level: "token", starts: [0, 3, 7], values: [0.1, 0.2, 0.3] },
        ],
      },
    ],
  },
  {
    file: "stepScores.jsonl",
    layout: "lines",
    importer: "flat",
    traces: [{ signals: [{ name: "step_scores", level: "step", starts: [0, 19, 32], values: [0.9, 0.8, 0.95] }] }],
  },
  {
    file: "turns.jsonl",
    layout: "lines",
    importer: "turns",
    traces: [
      {
        id: "t-1",
        reference: "24",
        response: "24",
        kinds: ["reasoning", "message", "reasoning"],
        givenSteps: [
          { start: 0, end: 17, label: "turn 1" },
          { start: 17, end: 43, label: "turn 2" },
        ],
      },
    ],
  },
  {
    file: "recordList.json",
    layout: "single",
    importer: "record-list",
    traces: [
      { id: "0", model: "acme-zh", question: "几个罐子？", reference: "24", preamble: "(1)", opening: "【解析】", closing: "<eoe>" },
      { id: "1", rollout: 1, question: "三只猫几条腿？", text: "3 × 4 = 12。", response: "\n【答案】12<eoa>" },
    ],
  },
  {
    file: "questions.jsonl",
    layout: "lines",
    importer: "flat",
    traces: [{ question: "", reference: "24", thinking: "no-open" }],
  },
  {
    file: "heldLists.jsonl",
    layout: "lines",
    importer: "chat",
    traces: [
      {
        id: "h1",
        system: 'Be "brief".',
        question,
        text: `\n${reasoning}\n`,
        response: `\n\n${answer}`,
        thinking: "closed",
        notices: [{ kind: "mapping", message: 'The field "messages" is a text that holds a list as JSON; it is read as that list.' }],
      },
      { id: "h2", question, text: "Six 😀 fours.", response: "24" },
      {
        id: "h3",
        kinds: ["reasoning", "tool-call:count", "observation:count", "reasoning", "tool-call:submit"],
        response: "24",
      },
      { id: "h4", text: "", notices: [] },
    ],
  },
  {
    file: "unknown.jsonl",
    layout: "lines",
    importer: "generic",
    traces: [{ text: "", columns: { step: 100, loss: 0.42, lr: 0.0001 } }, {}],
  },
  {
    file: "messy.jsonl",
    layout: "lines",
    importer: "flat",
    traces: [
      { text: "", question: "" },
      { thinking: "empty", response: "42" },
      { thinking: "unclosed", text: "cut" },
      { thinking: "none", text: "A text with ```\n</think>\n``` inside." },
      {},
      {},
      {},
      {},
    ],
  },
];

/** Paths lead into lists that a record holds as JSON text. */
const unfolded = (value: Json): Json => (isObject(value) ? withHeldLists(value).record : value);

const kindsOf = (trace: Trace): string[] =>
  trace.parts.map((part: { kind: PartKind; name?: string }) => (part.name === undefined ? part.kind : `${part.kind}:${part.name}`));

describe.each(families)("$file ($layout)", ({ file, layout, importer, traces: expected }) => {
  const records = readRecords(new URL(`../fixtures/import/${file}`, import.meta.url), layout);
  const result = importAll(records, file);

  test("is read by the importer of its shape, with the expected traces", () => {
    expect(result.importer).toBe(importer);
    expect(result.traces).toHaveLength(expected.length);
    expected.forEach(({ kinds, ...fields }, i) => {
      const trace = result.traces[i];
      expect(trace).toMatchObject(fields);
      if (kinds && trace) expect(kindsOf(trace)).toEqual(kinds);
    });
  });

  test("keeps every promise of a trace", () => {
    for (const trace of result.traces) wellFormed(trace, unfolded(records[trace.record]?.value ?? null));
  });

  test("is the same under any file name", () => {
    expect(importAll(records, "unknown").traces).toEqual(result.traces);
  });
});

test("a record without a question takes it from the sibling record joined to it", () => {
  const [record] = readRecords(new URL("../fixtures/import/questions.jsonl", import.meta.url), "lines");
  const value = record?.value ?? null;
  const joined = { unique_id: "q-7", question, answer: "six fours" };
  const { importer } = chooseImporter([value]);
  const [trace] = importRecord(importer, value, { record: 0, line: 1, fileName: "a.json", joined });
  expect(trace).toMatchObject({ question, id: "q-7", reference: "24", text: `${reasoning}\n` });
});

test("a root list of messages is one conversation, with paths from the list", () => {
  const value = [
    { role: "user", content: question },
    { role: "assistant", content: `<think>${reasoning}</think>${answer}` },
  ];
  const { importer } = chooseImporter([value]);
  const [trace] = importRecord(importer, value, { record: 0, line: 1, fileName: "a.json" });
  expect(trace).toMatchObject({ question, text: reasoning, response: answer });
  expect(trace?.parts[0]?.path).toEqual([1, "content"]);
});

test("a record nested deeper than the stack still gives a trace", () => {
  let value: Json = "x";
  for (let i = 0; i < 200_000; i++) value = [value];
  const record = { question: "q", answer: value, response: "a" };
  const { importer } = chooseImporter([record]);
  expect(importRecord(importer, record, { record: 0, line: 1, fileName: "deep.json" })).toHaveLength(1);
});

test("a question without what it needs is the one that was asked, and no model's name", () => {
  const value = { insufficient_question: "How many jars?", question, model_answer: `<think>${reasoning}</think>${answer}` };
  const { importer } = chooseImporter([value]);
  const [trace] = importRecord(importer, value, { record: 0, line: 1, fileName: "a.json" });
  expect(trace).toMatchObject({ question: "How many jars?", text: reasoning });
  expect([trace?.model, trace?.variant]).toEqual([undefined, undefined]);
  expect(importRecord(importer, { ...value, model: "m" }, { record: 0, line: 1, fileName: "a.json" })[0]?.variant).toBe(
    "insufficient_question",
  );
});
