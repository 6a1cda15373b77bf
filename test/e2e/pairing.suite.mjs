// Every way in which two traces become a pair, by the paths a user takes; each way's pairs are counted and its report of what did not join is read.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../support/eventually.mjs";
import { openWorkbench } from "../support/workbench.mjs";

export const title = "Pairing: two files, a folder, fields, variants, in dark and light";

const text = (locator) => locator.textContent();
const lines = (records) => `${records.map((record) => JSON.stringify(record)).join("\n")}\n`;

const thinking = (width, extra = "") =>
  `The garden is ${width} metres wide and twice as long.\n\nSo its length is ${2 * width} metres.\n\nIts area is ${width} times ${2 * width}, that is ${2 * width * width} square metres.${extra}`;
const check = (width) => `\n\nWait, let me check: ${width} strips of ${2 * width} square metres make ${2 * width * width} too.`;
const garden = (width, fields, extra = "") => ({
  question: `How large is a garden ${width} metres wide and twice as long?`,
  response: `<think>${thinking(width, extra)}</think>\n\\boxed{${2 * width * width}}`,
  answer: String(2 * width * width),
  ...fields,
});

/** Four questions; the second file has three of them in another order, under other ids. */
const files = {
  "large.jsonl": lines([5, 6, 7, 8].map((width, at) => garden(width, { id: `large/${at}`, uid: `g-${width}` }, check(width)))),
  "small.jsonl": lines([7, 5, 6].map((width, at) => garden(width, { id: `small/${at}`, uid: `g-${width + 1}` }))),
  "preferences.jsonl": lines([
    {
      prompt: "How large is a garden 5 metres wide and twice as long?",
      chosen: `<think>${thinking(5, check(5))}</think> 50`,
      rejected: `<think>${thinking(5)}</think> 55`,
    },
  ]),
  "edited.jsonl": lines([
    {
      question: "How large is a garden 6 metres wide and twice as long?",
      original_process: thinking(6).split("\n\n"),
      modified_process: [...thinking(6).split("\n\n"), "Gardens are often fenced."],
    },
  ]),
  "edits.jsonl": lines([
    {
      question: "How large is a garden 8 metres wide and twice as long?",
      before: `<think>${thinking(8, check(8))}</think> 128`,
      after: `<think>${thinking(8)}</think> 128`,
    },
  ]),
  "directions.jsonl": lines([
    {
      question: "How large is a garden 5 metres wide and twice as long?",
      forward_reasoning: thinking(5, check(5)),
      backward_reasoning:
        "The area is 50 square metres.\n\nHalf of it is 25, the square of the width.\n\nSo the width was 5 metres, as given.",
    },
  ]),
  "nine.jsonl": lines([
    {
      id: "n/1",
      question: "How large is a garden 7 metres wide and twice as long?",
      responses: [7, 7, 8, 7, 9, 7, 6, 7, 5].map(
        (width, at) => `<think>${thinking(width, check(width).repeat(at % 3))}</think> \\boxed{${2 * width * width}}`,
      ),
      answer: "98",
    },
  ]),
  "rollouts.jsonl": lines([
    {
      id: "r/1",
      question: "How large is a garden 7 metres wide and twice as long?",
      responses: [
        `<think>${thinking(7, check(7))}</think> \\boxed{98}`,
        `<think>${thinking(7)}</think> \\boxed{98}`,
        `<think>${thinking(8)}</think> \\boxed{128}`,
      ],
      answer: "98",
    },
  ]),
};

export async function before(context) {
  context.pictures = process.env.KEEP_SCREENS ? join(context.root, "test/e2e/screens") : context.screens;
  mkdirSync(join(context.folder, "shards"), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(context.folder, name), content);
  const small = files["small.jsonl"].trim().split("\n");
  writeFileSync(join(context.folder, "shards/part-1.jsonl"), `${small[0]}\n`);
  writeFileSync(join(context.folder, "shards/part-2.jsonl"), `${small.slice(1).join("\n")}\n`);
  context.workbench = await openWorkbench({ folder: context.folder, dev: context.root, width: 1360, height: 820 });
  await context.workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
}

export const after = (context) => context.workbench?.close();

/** A test for each pair of variants of one record: the file, the teacher's and the student's. */
function variantPairs(table) {
  return Object.fromEntries(
    Object.entries(table).map(([name, [file, teacher, student]]) => [
      name,
      async (context) => {
        const view = await compare(context, file);
        await view.locator(".cr, .cuh").first().waitFor({ timeout: 20_000 });
        assert.match(await text(view.locator(".pick").nth(0)), new RegExp(`teacher\\s*${teacher}`));
        assert.match(await text(view.locator(".pick").nth(1)), new RegExp(`student\\s*${student}`));
      },
    ]),
  );
}

/** Opens a file's Compare view. */
async function compare({ workbench }, file) {
  await workbench.run("View: Close All Editors");
  await workbench.openInspector(file);
  await workbench.hideSideBar();
  await workbench.run("Reasoning Trace: Show Compare View");
  return workbench.view().locator("rti-compare");
}

/** Chooses in a quick pick that is open. */
async function pick(workbench, label) {
  await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: label }).first().click();
}

/** The second file of the open one's pairs, by the file dialog. */
async function withFile({ workbench, folder }, entry, path) {
  await workbench.run("Reasoning Trace: Compare Teacher and Student");
  await workbench.page.locator(".quick-input-title", { hasText: "1/2" }).waitFor();
  await pick(workbench, "large.jsonl");
  await workbench.page.locator(".quick-input-title", { hasText: "2/2" }).waitFor();
  await pick(workbench, entry);
  const input = workbench.page.locator(".quick-input-widget input").first();
  // The dialog writes a path of its own until it has listed the folder.
  await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "shards" }).waitFor();
  await eventually(async () => {
    await input.fill(join(folder, path));
    assert.equal(await input.inputValue(), join(folder, path));
  });
  await workbench.page.keyboard.press("Enter");
}

const foot = (view) => text(view.locator(".psr .lfoot"));
const joinBy = (view, key) => view.locator(".psr select[aria-label='Join by']").selectOption(key);

async function allPairs(view) {
  await view.locator(".cr, .cuh").first().waitFor({ timeout: 20_000 });
  if ((await view.locator(".psr").count()) === 0) await view.getByRole("button", { name: "All pairs" }).click();
  await view.locator(".psr .lfoot select").waitFor();
}

export const tests = {
  "two files are joined by the question, and what did not join is named": async (context) => {
    const view = await compare(context, "large.jsonl");
    await withFile(context, "Another file", "small.jsonl");
    await allPairs(view);
    await eventually(async () => assert.match(await foot(view), /3 of 3 pairs.*joined by question/s));
    await view.locator(".psr .lfoot button", { hasText: "not joined: 1 only in teacher" }).click();
    assert.match(await text(view.locator(".psr .lone")), /large\/3\s*line 4/);
    assert.equal(await view.locator(".psr .plist .plr").count(), 3);
    assert.match(await text(view.locator(".who2 .pick").nth(0)), /teacher\s*large\.jsonl/);
    assert.match(await text(view.locator(".who2 .pick").nth(1)), /student\s*small\.jsonl/);
  },

  "by their places in the file": async (context) => {
    const view = context.workbench.view().locator("rti-compare");
    await joinBy(view, "index");
    await eventually(async () => assert.match(await foot(view), /3 of 3 pairs.*joined by place in the file/s));
    await view.locator(".psr .plist .plr").first().click();
    await view.locator(".cr").first().waitFor();
    await eventually(async () => assert.match(await text(view.locator(".dlrow")), /Answers differ/));
  },

  "by a field of the records": async (context) => {
    const view = context.workbench.view().locator("rti-compare");
    await allPairs(view);
    await joinBy(view, "field:uid");
    await eventually(async () => assert.match(await foot(view), /3 of 3 pairs.*joined by field uid/s));
    await context.workbench.screenshot(join(context.screens, "pairing-by-field.png"));
    await joinBy(view, "");
    await eventually(async () => assert.match(await foot(view), /joined by question/));
  },

  "a folder of files is one side": async (context) => {
    const view = await compare(context, "large.jsonl");
    await withFile(context, "Another folder", "shards");
    await allPairs(view);
    await eventually(async () => assert.match(await foot(view), /3 of 3 pairs.*joined by question/s));
  },

  "the list is sorted by every column": async (context) => {
    const view = context.workbench.view().locator("rti-compare");
    const heads = view.locator(".psr .plr.h button");
    const ids = () => view.locator(".psr .plist .plr .id").allTextContents();
    for (let at = 0; at < (await heads.count()); at += 1) {
      await heads.nth(at).click();
      await eventually(async () => assert.equal(await view.locator(".psr .plr.h [aria-sort=ascending]").count(), 1));
    }
    await view.locator(".psr .plr.h button", { hasText: /^id/ }).click();
    const up = await ids();
    await view.locator(".psr .plr.h button", { hasText: /^id/ }).click();
    await eventually(async () => assert.deepEqual(await ids(), [...up].reverse()));
  },

  ...variantPairs({
    "chosen and rejected": ["preferences.jsonl", "chosen", "rejected"],
    "before and after": ["edits.jsonl", "before", "after"],
    "forward and backward": ["directions.jsonl", "forward", "backward"],
  }),

  "original and modified": async (context) => {
    const view = await compare(context, "edited.jsonl");
    await view.locator(".cr, .cuh").first().waitFor({ timeout: 20_000 });
    assert.match(await text(view.locator(".pick").nth(0)), /teacher\s*original/);
    assert.match(await text(view.locator(".pick").nth(1)), /student\s*modified/);
    assert.match(await text(view.locator(".dlrow")), /Only in student\s*1 step/);
  },

  "two steps are matched by hand, and the match is taken back": async (context) => {
    const { workbench } = context;
    const view = await compare(context, "edited.jsonl");
    await view.locator(".cr, .cuh").first().waitFor({ timeout: 20_000 });
    await view.getByRole("button", { name: "Unfold matched" }).click();
    const lone = view.locator(".cr", { hasText: "Gardens are often fenced" });
    await lone.locator(".cell .g").click();
    await workbench.page.waitForTimeout(500);
    await workbench.page.keyboard.press("i");
    await view.locator(".matchbar").waitFor();
    await view.locator(".cr [data-side=T] .g").last().click();
    await eventually(async () => assert.match(await text(view.locator(".crumb")), /1 correction/));
    await eventually(async () => assert.match(await text(view.locator(".cr", { hasText: "Gardens are often fenced" })), /by hand/));
    await view.getByRole("button", { name: "1 correction · undo" }).click();
    await eventually(async () => assert.doesNotMatch(await text(view.locator(".crumb")), /correction/));
    assert.match(await text(view.locator(".dlrow")), /Only in student\s*1 step/);
  },

  "rollouts of one question: the shortest correct one beside the others": async (context) => {
    const view = await compare(context, "rollouts.jsonl");
    await view.locator(".cr, .cuh").first().waitFor({ timeout: 20_000 });
    await view.getByRole("button", { name: "3 answers" }).click();
    await eventually(async () => assert.equal(await view.locator("rti-answers button.answer").count(), 3));
    assert.match(await text(view.locator("rti-answers")), /shortest correct/i);
    await context.workbench.screenshot(join(context.screens, "pairing-answers.png"));
  },

  "of nine answers to one question eight are rows, and any two open as a pair": async (context) => {
    const view = await compare(context, "nine.jsonl");
    await view.locator(".cr, .cuh").first().waitFor({ timeout: 20_000 });
    await view.getByRole("button", { name: /^\d answers/ }).click();
    const answers = view.locator("rti-answers button.answer");
    await eventually(async () => assert.equal(await answers.count(), 8));
    await context.workbench.screenshot(join(context.screens, "pairing-nine.png"));
    await answers.nth(5).click();
    await answers.nth(2).click();
    await eventually(async () => {
      assert.match(await text(view.locator(".pick").nth(0)), /rollout 6/);
      assert.match(await text(view.locator(".pick").nth(1)), /rollout 3/);
    });
  },

  "a pair from the samples, in dark and light, side by side and stacked": async (context) => {
    const { workbench, folder, pictures } = context;
    const view = await compare(context, "samples.jsonl");
    await view.locator(".cr").first().waitFor({ timeout: 20_000 });
    await workbench.page.keyboard.press("]");
    for (const [theme, name] of Object.entries({ light: "Default Light Modern", dark: "Default Dark Modern" })) {
      mkdirSync(join(folder, ".vscode"), { recursive: true });
      writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({ "workbench.colorTheme": name }));
      await eventually(async () =>
        assert.ok(
          await workbench
            .view()
            .locator("body")
            .evaluate((body, wanted) => body.classList.contains(wanted), `vscode-${theme}`),
        ),
      );
      for (const [width, form] of [
        [1360, "side-by-side"],
        [640, "stacked"],
      ]) {
        await workbench.page.setViewportSize({ width, height: 820 });
        await workbench.page.waitForTimeout(700);
        // Nothing of the head is cut off.
        const cut = await view.locator(".ch").evaluate(
          (head) =>
            [...head.querySelectorAll(".crumb button, .crumb .seg2, .dl dd")].filter((part) => {
              const box = part.getBoundingClientRect();
              return box.right > head.getBoundingClientRect().right + 1 || part.scrollWidth > part.clientWidth + 1;
            }).length,
        );
        assert.equal(cut, 0, `${cut} parts of the head are cut off at ${width} pixels`);
        await workbench.screenshot(join(pictures, `12-compare-${form}-${theme}.png`));
      }
    }
    await workbench.page.setViewportSize({ width: 1360, height: 820 });
  },

  "nothing was blocked and nothing left the machine": async ({ workbench, folder }) => {
    assert.deepEqual(workbench.foreign ?? [], []);
    assert.equal(readFileSync(join(folder, "large.jsonl"), "utf8"), files["large.jsonl"]);
  },
};
