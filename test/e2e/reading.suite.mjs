// The ten subjects of reading a trace, each looked at in dark and light; text made to break the view; long ones.
// With KEEP_SCREENS=1 the pictures go to test/e2e/screens, which is under version control, to be compared by eye; else to test/out/screens.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../support/eventually.mjs";
import { openWorkbench } from "../support/workbench.mjs";

export const title = "Reading, subject by subject, in dark and light";

const themes = { dark: "Default Dark Modern", light: "Default Light Modern" };
const think = (id, thinking) => JSON.stringify({ id, question: "?", response: `<think>${thinking}</think>1`, answer: "1" });

/** 40 by 24 pixels from blue to red. */
const smallPicture =
  "iVBORw0KGgoAAAANSUhEUgAAACgAAAAYCAIAAAAH5iiXAAAAj0lEQVR42u3NERaEABRA0bYxkowkSZIkSZIkSZIkSZI8SZIkSZIkSZIkSZIkSZIkGUnaRK1jzsdLV9E4dQ6D3WSzWG0Wh9ll8hh9hoA+pItoY5qEOqWCMqPIyQuyktdpTdIQt0QdYU8w4I94E+6Ms2CvWBvmjnGgn2g/vhfqzUeRWGKJJZZYYoklllji/4kfiUSRTEJGk08AAAAASUVORK5CYII=";
const pictureWords = `The sketch ![a sketch](images/fig1.png) shows the slope.

The other ![lost](images/absent.png) is lost, and ![secret](../../secret.png) is none of ours. See [the plot](images/fig1.png).

So the answer is 1.`;

export async function before(context) {
  context.pictures = process.env.KEEP_SCREENS ? join(context.root, "test/e2e/screens") : context.screens;
  mkdirSync(context.pictures, { recursive: true });
  const formulas = Array.from({ length: 100_000 }, (_, index) => `$x_{${index % 97}}$`).join(" ");
  const ten = "a long line without any break, ".repeat(340_000).slice(0, 10_000_000);
  writeFileSync(join(context.folder, "huge.jsonl"), `${think("formulas/1", formulas)}\n${think("line/1", ten)}\n`);
  mkdirSync(join(context.folder, "images"));
  writeFileSync(join(context.folder, "images/fig1.png"), Buffer.from(smallPicture, "base64"));
  writeFileSync(join(context.folder, "media.jsonl"), `${think("media/1", pictureWords)}\n`);
  context.workbench = await openWorkbench({ folder: context.folder, dev: context.root, width: 1360, height: 820 });
  await context.workbench.waitForCommand("Reasoning Trace: Open Sample Traces");
}

export const after = (context) => context.workbench?.close();

const text = (locator) => locator.textContent();

/** The colour theme of the workspace. */
async function inTheme({ workbench, folder }, name) {
  mkdirSync(join(folder, ".vscode"), { recursive: true });
  writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({ "workbench.colorTheme": themes[name] }));
  await eventually(async () =>
    assert.ok(
      await workbench
        .view()
        .locator("body")
        .evaluate((body, wanted) => body.classList.contains(`vscode-${wanted}`), name),
    ),
  );
}

/** Pictures of what is open now, in both themes; dark again at the end. */
async function pictures(context, name) {
  for (const theme of ["light", "dark"]) {
    await inTheme(context, theme);
    await context.workbench.page.waitForTimeout(300);
    await context.workbench.screenshot(join(context.pictures, `${name}-${theme}.png`));
  }
}

/** Opens a file, or the record at a position of the open file, and waits until it is shown. */
async function open({ workbench }, file, id) {
  await workbench.run("View: Close All Editors");
  const view = await workbench.openInspector(file);
  await workbench.hideSideBar();
  if (id) await choose(view, id);
  return view;
}

async function choose(view, id) {
  await view.locator(".lr:not(.h)", { hasText: id }).first().click();
  await eventually(async () => assert.equal((await text(view.locator(".crumb b").first())).trim(), id));
  await view.locator(".u[data-step]").first().waitFor();
}

/** The text of all steps from the first to the last, which are drawn only near the screen. */
const wholeText = (view) =>
  view.locator(".read").evaluate(async (read) => {
    const shown = new Map();
    for (let top = 0; ; top += read.clientHeight / 2) {
      read.scrollTop = top;
      await new Promise((done) => setTimeout(done, 250));
      for (const row of read.querySelectorAll(".vr:has(.u[data-step])"))
        shown.set(Number(row.dataset.index), row.querySelector(".tt").textContent);
      if (top + read.clientHeight >= read.scrollHeight) break;
    }
    return [...shown]
      .sort(([a], [b]) => a - b)
      .map(([, words]) => words)
      .join("");
  });

/** Places, down the column and up again, at which two unit headers lie over each other. */
const overlappingHeaders = (view) =>
  view.locator(".read").evaluate(async (read) => {
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const before = read.scrollTop;
    const down = Array.from({ length: Math.floor((read.scrollHeight - read.clientHeight) / 7) }, (_, index) => index * 7);
    const found = [];
    for (const top of [...down, ...down.toReversed()]) {
      read.scrollTop = top;
      await drawn();
      const edges = [...read.querySelectorAll(".uh")].map((head) => head.getBoundingClientRect()).sort((a, b) => a.top - b.top);
      if (edges.some((edge, index) => index > 0 && edge.top < edges[index - 1].bottom - 1)) found.push(top);
    }
    read.scrollTop = before;
    await drawn();
    return found;
  });

export const tests = {
  "1 text: maths, money, code, tables, another script; raw is the source": async (context) => {
    const view = await open(context, "reading.jsonl", "text/1");
    const read = view.locator("rti-read");
    await eventually(async () => assert.equal(await read.locator(".formula .katex").count(), 6));
    assert.equal(await read.locator(".formula-failed").count(), 1);
    assert.match(await text(read), /rope is \$5 and wire \$6 per metre/);
    assert.equal(await read.locator("td").count(), 6);
    assert.ok((await read.locator(".tx-code .hljs-keyword").count()) >= 2);
    assert.match(await text(read), /小明说/);
    assert.match(await text(view.locator(".lr.on .qq")), /\$5 per metre and wire \$6\. A plan needs 3x metres/);
    await pictures(context, "1-text");
    await context.workbench.run("Reasoning Trace: Toggle Raw");
    const record = JSON.parse(readFileSync(join(context.folder, "reading.jsonl"), "utf8").split("\n")[0]);
    const thinking = record.response.slice("<think>".length, record.response.indexOf("</think>"));
    await view.locator(".u.raw").first().waitFor();
    assert.equal(await wholeText(view), thinking);
    await context.workbench.run("Reasoning Trace: Toggle Raw");
  },

  "2 strip: hover, click, zoom, and the record's own numbers": async (context) => {
    const view = await open(context, "reading.jsonl", "logprobs/1");
    await context.workbench.run("Reasoning Trace: Toggle Log-Probabilities");
    await view.locator(".lpl svg").waitFor();
    const strip = view.locator(".strip");
    const box = await strip.boundingBox();
    await strip.hover({ position: { x: box.width * 0.6, y: 55 } });
    await view.locator(".strip .hint").waitFor();
    assert.match(await text(view.locator(".strip .hint")), /verify/);
    await strip.click({ position: { x: box.width * 0.95, y: 55 } });
    await eventually(async () => assert.match(await strip.getAttribute("aria-valuetext"), /step 3/));
    await view.locator(".tk").first().hover();
    await view.locator(".card").waitFor();
    await pictures(context, "2-strip");
    await context.workbench.run("Reasoning Trace: Toggle Log-Probabilities");
  },

  "3 units and steps: headers stick, units and functions fold": async (context) => {
    const view = await open(context, "samples.jsonl");
    await view.locator(".uh").first().waitFor();
    await view.locator(".read").hover();
    await context.workbench.page.mouse.wheel(0, 220);
    await view.locator(".vr.stuck .uh").waitFor();
    assert.deepEqual(await overlappingHeaders(view), []);
    await view.locator(".fs .pickbox button").first().click();
    await view.getByRole("menuitemcheckbox", { name: /derive/ }).click();
    await view.locator(".fs .pickbox button").first().click();
    await view.locator(".fold", { hasText: "folded step" }).first().waitFor();
    await view.locator('.uh .tw[aria-expanded="true"]').last().click();
    await view.locator(".uh.fd").first().waitFor();
    await pictures(context, "3-units");
  },

  "4 flags: evidence, dismissed and taken back": async (context) => {
    const view = await open(context, "samples.jsonl");
    const { workbench } = context;
    await view.locator(".uh").first().waitFor();
    await workbench.run("Reasoning Trace: Next Flag");
    await workbench.run("Reasoning Trace: Show Evidence");
    await view.locator(".peek .same").first().waitFor();
    await pictures(context, "4-flags");
    await view.getByRole("button", { name: "mark as not redundant" }).click();
    const where = workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "workspace's storage" });
    await where.click({ timeout: 5000 }).catch(() => {});
    await view.getByText(/1 marked as not redundant/).waitFor();
    await workbench.run("Reasoning Trace: Undo Last Mark");
    await eventually(async () => assert.equal(await view.getByText(/1 marked as not redundant/).count(), 0));
  },

  "5 find: counts, the next match opens what hides it, marks on the strip": async (context) => {
    const view = await open(context, "samples.jsonl");
    const { workbench } = context;
    await view.locator('.uh .tw[aria-expanded="true"]').first().click();
    await workbench.run("Reasoning Trace: Find in Trace");
    await view.locator(".findbar input").fill("mia");
    await eventually(async () => assert.match(await text(view.locator(".findbar .n").first()), /^1 of \d+/));
    await view.locator(".find-hit.current").waitFor();
    await eventually(async () => assert.match(await text(view.locator(".findbar .rec")), /record/));
    assert.ok((await view.locator(".hitmark").count()) > 0);
    await pictures(context, "5-find");
    await workbench.page.keyboard.press("Escape");
  },

  "6 agents: a table in the question, code and output, Lean, references, molecules": async (context) => {
    const view = await open(context, "reading.jsonl", "agent/1");
    const { workbench } = context;
    assert.equal(await view.locator(".qn td").count(), 6);
    await view.locator(".read").hover();
    await workbench.page.mouse.wheel(0, 200);
    await view.locator(".code.out .more").waitFor();
    assert.ok((await view.locator(".code .hljs-keyword").count()) > 0);
    await pictures(context, "6-agent");
    await workbench.run("Reasoning Trace: Go to Last Step");
    await view.locator(".hljs-keyword", { hasText: "theorem" }).waitFor();
    await view.locator("rti-molecule button").click();
    await view.locator("rti-molecule figure svg").waitFor();
    assert.equal(await view.locator("rti-read img").count(), 0);
    await view.locator(".tx-media button").click();
    assert.equal(await view.locator("rti-read img").count(), 1);
    await pictures(context, "6-references");
  },

  "6 a picture beside the file is shown on a click; a missing one and one outside are refused": async (context) => {
    const view = await open(context, "media.jsonl");
    const media = (name) => view.locator(".tx-media", { hasText: name }).first();
    await media("fig1.png").waitFor();
    assert.equal(await view.locator("rti-read img").count(), 0);
    await media("fig1.png").getByRole("button", { name: "Show" }).click();
    await eventually(async () =>
      assert.equal(
        await media("fig1.png")
          .locator("img")
          .evaluate((image) => image.naturalWidth),
        40,
      ),
    );
    await media("absent.png").getByRole("button", { name: "Show" }).click();
    await view.getByText("There is no file images/absent.png beside the trace's file.").waitFor();
    await media("secret.png").getByRole("button", { name: "Show" }).click();
    await view.getByText(/secret\.png lies outside/).waitFor();
    await pictures(context, "6-media");
  },

  "7 list: sorted, likely bad first by its key, how many were read": async (context) => {
    const view = await open(context, "samples.jsonl");
    const { workbench } = context;
    await view.locator(".lr.h .hb", { hasText: "tokens" }).click();
    await view.locator('.lr.h [aria-sort="descending"]', { hasText: "tokens" }).waitFor();
    await view.locator(".lr:not(.h)").nth(3).click();
    await view.locator(".uh").first().waitFor();
    await workbench.run("Reasoning Trace: Sort Likely Bad First");
    await view.locator(".lfoot", { hasText: "likely bad first" }).waitFor();
    assert.match(await text(view.locator(".lfoot")), /\d+ of 28 read/);
    await view.locator(".colbtn").click();
    await view.getByRole("menuitemradio", { name: "Likely bad first" }).waitFor();
    await pictures(context, "7-list");
    await view.locator(".colbtn").click();
    await workbench.run("Reasoning Trace: Sort in Order of the File");
    await eventually(async () => assert.equal(await view.locator(".lfoot", { hasText: "likely bad first" }).count(), 0));
  },

  "8 keyboard: the sheet shows the keys as they are": async (context) => {
    const view = await open(context, "samples.jsonl");
    await view.locator(".uh").first().waitFor();
    await context.workbench.run("Reasoning Trace: Show Keyboard Shortcuts");
    const sheet = view.locator(".keys");
    await sheet.waitFor();
    assert.match(await text(sheet), /likely bad first/);
    await pictures(context, "8-keys");
    await context.workbench.page.keyboard.press("Escape");
    await eventually(async () => assert.equal(await sheet.count(), 0));
  },

  "9 narrow: 600 pixels, nothing sticks out": async (context) => {
    const view = await open(context, "samples.jsonl");
    const { page } = context.workbench;
    await view.locator(".uh").first().waitFor();
    await page.setViewportSize({ width: 600, height: 820 });
    await page.waitForTimeout(800);
    const sticking = await view.locator("rti-app").evaluate((app) => {
      const width = document.documentElement.clientWidth;
      return [...app.querySelectorAll("button, .dl div, .lr > span")].filter((element) => element.getBoundingClientRect().right > width + 1)
        .length;
    });
    assert.equal(sticking, 0);
    await pictures(context, "9-narrow");
    await page.setViewportSize({ width: 1360, height: 820 });
  },

  "9 zoom of 200 %: the text keeps its room, and a key brings it on screen": async (context) => {
    const view = await open(context, "samples.jsonl");
    const { page } = context.workbench;
    await view.locator(".uh").first().waitFor();
    await page.setViewportSize({ width: 720, height: 560 });
    await page.waitForTimeout(800);
    await context.workbench.run("Reasoning Trace: Next Flag");
    const read = view.locator(".read");
    await eventually(async () => assert.ok((await read.evaluate((element) => element.clientHeight)) >= 100));
    const onScreen = () =>
      view.locator(".u.on").evaluate((step) => {
        const { top, bottom } = step.getBoundingClientRect();
        return top < innerHeight && bottom > 0;
      });
    await eventually(async () => assert.equal(await onScreen(), true));
    await pictures(context, "9-zoom");
    await page.setViewportSize({ width: 1360, height: 820 });
  },

  "10 states: a broken line, an empty file": async (context) => {
    let view = await open(context, "broken.jsonl");
    await view
      .getByText(/not valid JSON/)
      .first()
      .click();
    await view.getByText(/Line 2 is not valid JSON/).waitFor();
    await pictures(context, "10-broken");
    view = await open(context, "empty.jsonl");
    await view.getByText("This file has no records").waitFor();
    await pictures(context, "10-empty");
  },

  "text made to break the view is shown and does nothing": async (context) => {
    const view = await open(context, "reading.jsonl", "hostile/1");
    const read = view.locator("rti-read");
    await eventually(async () => assert.match(await text(read), /<script>globalThis\.hacked = true<\/script>/));
    assert.match(await text(read), /\[link\]\(javascript:globalThis\.hacked=true\)/);
    const found = await read.evaluate((element) => ({
      hacked: globalThis.hacked === true,
      made: element.querySelectorAll("script, img, iframe, object, embed, form").length,
      links: [...element.querySelectorAll("a")].map((link) => new URL(link.href).protocol),
      boxes: [...element.querySelectorAll(".tx-control")].map((box) => box.dataset.code),
    }));
    assert.equal(found.hacked, false);
    assert.equal(found.made, 0);
    assert.ok(found.links.every((protocol) => protocol === "https:"));
    assert.deepEqual(found.boxes, ["U+202E", "U+202C", "U+200B", "U+2066"]);
    assert.match(await text(read), /\{{500}/);
    await pictures(context, "11-hostile");
  },

  "100,000 formulas and a line of 10 MB open, scroll to the end and answer": async (context) => {
    const view = await open(context, "huge.jsonl");
    for (const id of ["formulas/1", "line/1"]) {
      await view.locator(".lr:not(.h)", { hasText: id }).first().click();
      await eventually(async () => assert.equal((await text(view.locator(".crumb b").first())).trim(), id), 60_000);
      await view.locator(".u[data-step]").first().waitFor();
      const rows = await view.locator(".read").evaluate(async (read) => {
        for (let turn = 1; turn <= 20; turn++) {
          read.scrollTop = (turn / 20) * read.scrollHeight;
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        }
        return read.querySelectorAll(".vr").length;
      });
      assert.ok(rows > 0 && rows < 200);
      await context.workbench.run("Reasoning Trace: Go to First Step");
      await view.locator('.u[data-step="0"]').first().waitFor();
    }
    await context.workbench.run("View: Close All Editors");
  },

  "no console errors, no policy violations, no request to another host": async ({ workbench }) => {
    assert.deepEqual(workbench.problems, []);
    assert.deepEqual(workbench.foreign, []);
  },
};
