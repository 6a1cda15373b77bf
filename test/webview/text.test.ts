// @vitest-environment happy-dom
import fc from "fast-check";
import hljs from "highlight.js/lib/core";
import { describe, expect, it, vi } from "vitest";
import { formulaAt } from "../../src/core/formulaSource";
import { lean } from "../../webview/text/leanLanguage";
import { cutPieces } from "../../webview/text/pieces";
import { renderInline, renderStepText, type TextMark } from "../../webview/text/renderText";
import { renderedIn } from "../../webview/text/segments";

// KaTeX looks for a standards-mode document when it is loaded; happy-dom has no mode.
vi.hoisted(() => Object.defineProperty(document, "compatMode", { value: "CSS1Compat" }));

const show = (text: string, options: { raw?: boolean; marks?: readonly TextMark[]; baseOffset?: number } = {}): HTMLElement => {
  const container = document.createElement("div");
  renderStepText(container, text, {
    raw: options.raw ?? false,
    baseOffset: options.baseOffset ?? 0,
    ...(options.marks && { marks: options.marks }),
  });
  return container;
};

const formulas = (text: string): (string | null)[] =>
  [...show(text).querySelectorAll(".formula")].map((element) => element.getAttribute("aria-label") ?? element.textContent);

/** Pieces of text that Markdown, maths and terminals give a meaning. */
const spicy = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom(
        "$",
        "$$",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "\\begin{align}",
        "\\end{align}",
        "\\frac{1}{2}",
        "**",
        "*",
        "_",
        "`",
        "```",
        "```python\n",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "# ",
        "| a | b |\n",
        "|---|---|\n",
        "[x](",
        "![y](http://a.b/c.png)",
        ")",
        "<script>",
        "javascript:alert(1)",
        "\x1b[31m",
        "\u202e",
        "\u200b",
        "\ud800",
        "\r\n",
        "\r",
        "\t",
        "    ",
        "~~",
        "\\",
        "{",
        "}",
        "x^2",
        "$5 and $6",
        "等一下",
        "&amp;",
        "<b>",
        "https://a.b/c",
      ),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

describe("maths or money", () => {
  it.each<[string, string[]]>([
    ["$5 and $6", []],
    ["costs $3x$ now", ["3x"]],
    ["$5.00 to $6.50", []],
    ["from $20,000 to $30,000.", []],
    ["He has $5. She has $x$ dollars.", ["x"]],
    ["the value is $100$.", ["100"]],
    ["$5$ and $6$", ["5", "6"]],
    ["($5) and ($x$)", ["x"]],
    ["US$5 and A$6", []],
    ["$5-$6, $5k-$10k", []],
    ["12/60=$<<12/60=0.2>>0.2 per minute and $0.2 x 50 = $10", []],
    ["$2/lb or $3/kg", []],
    ["$2.50*3=$7.50", []],
    ["so $ a + b $ is", ["a + b"]],
    ["$HOME/bin:$PATH", []],
    ["the $n$th term and $n$-gon", ["n", "n"]],
    ["$$x$$ and \\(y\\) and \\[z\\]", ["x", "y", "z"]],
    ["\\begin{align}a&=b\\\\c&=d\\end{align}", ["\\begin{align}a&=b\\\\c&=d\\end{align}"]],
    ["\\begin{itemize} a \\end{itemize}", []],
    ["`$x$` in code", []],
    ["unclosed $x and \\(y", []],
    ["$\\text{two words here} = 3$", ["\\text{two words here} = 3"]],
    ["a line break \\[a \\\\[2pt] b\\] ends there", ["a \\\\[2pt] b"]],
    ["$x_1$, $x_2$", ["x_1", "x_2"]],
    ["pays $5 plus $x$ more", ["x"]],
    ["价格 $5 和 $6", []],
  ])("%s", (text, expected) => {
    expect(formulas(text)).toEqual(expected);
  });

  it("leaves money as written", () => {
    for (const text of ["$5 and $6", "$5.00 to $6.50", "about $3 each"]) expect(show(text).textContent).toBe(text);
  });

  it("finds the end of nested environments", () => {
    const source = "\\begin{cases}\\begin{cases}1\\end{cases}\\end{cases} rest";
    expect(formulaAt(source, 0)?.end).toBe(source.indexOf(" rest"));
  });
});

describe("rendered text", () => {
  it("keeps the model's line breaks and indentation", () => {
    expect(show("def f():\n    return 1\nEnd").querySelector("p")?.textContent).toBe("def f():\n    return 1\nEnd");
  });

  it("does not take products and powers for emphasis", () => {
    const shown = show("2*3*4 and a**b + c**d and f(x)*g(x)*h(x) but *this* and **that**");
    expect(shown.textContent).toContain("2*3*4 and a**b + c**d and f(x)*g(x)*h(x)");
    expect([...shown.querySelectorAll("em, strong")].map((element) => element.textContent)).toEqual(["this", "that"]);
  });

  it("keeps numbers and marks of lists as written", () => {
    const items = [...show("3. a\n3. b\n\n- c\n").querySelectorAll("li")];
    expect(items.map((item) => item.dataset.marker)).toEqual(["3.", "3.", "–"]);
  });

  it("shows a failed formula as its source, marked", () => {
    const failed = show("see $\\frac{1}{$ here").querySelector(".formula-failed");
    expect(failed?.textContent).toBe("$\\frac{1}{$");
    expect(failed?.getAttribute("title")).toContain("Shown as source");
  });

  it("shows long and deeply nested formulas as source", () => {
    const nested = `$${"{".repeat(2000)}x${"}".repeat(2000)}$`;
    expect(show(`\\(${"{".repeat(2000)}x${"}".repeat(2000)}\\)`).querySelector(".formula-failed")).not.toBeNull();
    expect(show(nested).textContent).toContain("{{{{");
    expect(show(`\\(${"x+".repeat(10_000)}1\\)`).querySelector(".katex")).toBeNull();
  });

  it("names pictures, sounds and films, and shows only a picture that the text itself holds, after a click", () => {
    const shown = show(
      "![a](https://a.b/x.mp3) ![b](http://a.b/x.mp4?q=1) ![c](data:image/png;base64,iVBORw0KGgo=) ![d](data:image/svg+xml;base64,PHN2Zz4=)",
    );
    expect([...shown.querySelectorAll(".tx-media-kind")].map((kind) => kind.textContent)).toEqual(["audio", "video", "image", "image"]);
    expect(shown.querySelectorAll("img, audio, video")).toHaveLength(0);
    const buttons = shown.querySelectorAll("button");
    expect(buttons).toHaveLength(1);
    buttons[0]?.click();
    expect(shown.querySelector("img")?.src).toBe("data:image/png;base64,iVBORw0KGgo=");
    expect(show("[x](data:text/html;base64,PGI+)").querySelector("a[href]")).toBeNull();
  });

  it("folds long output inside the thinking and keeps all of it in the page", () => {
    const output = Array.from({ length: 30 }, (_, line) => `line ${line}`).join("\n");
    const shown = show(`Run it.\n\n\`\`\`python\nprint(1)\n\`\`\`\n\n\`\`\`output\n${output}\n\`\`\`\n`);
    const block = shown.querySelector(".tx-output");
    expect(block?.classList.contains("folded")).toBe(true);
    expect(block?.querySelector("code")?.textContent).toBe(output);
    block?.querySelector("button")?.click();
    expect(block?.classList.contains("folded")).toBe(false);
    expect(show("```output\n42\n```").querySelector(".tx-output button")).toBeNull();
  });

  it("colours Lean", () => {
    hljs.registerLanguage("lean", lean);
    const { value } = hljs.highlight("theorem two' : 1 + 1 = 2 := by norm_num -- sum", { language: "lean" });
    expect([...value.matchAll(/hljs-(\w+)">([^<]*)/g)].map(([, scope, words]) => `${scope} ${words}`)).toEqual([
      "keyword theorem",
      "number 1",
      "number 1",
      "number 2",
      "keyword by",
      "built_in norm_num",
      "comment -- sum",
    ]);
  });

  it("never makes elements from HTML, scripts or images", () => {
    const shown = show(
      "<script>alert(1)</script> <img src=x onerror=alert(1)> ![cat](https://a.b/cat.png) [go](javascript:alert(1)) [ok](https://a.b/)",
    );
    expect(shown.querySelectorAll("script, img")).toHaveLength(0);
    expect(shown.textContent).toContain("<script>alert(1)</script>");
    expect(shown.textContent).toContain("image cat https://a.b/cat.png");
    expect([...shown.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual(["https://a.b/cat.png", "https://a.b/"]);
    expect(shown.textContent).toContain("[go](javascript:alert(1))");
    expect(shown.textContent).toContain("ok (https://a.b/)");
  });

  it("shows invisible characters and hides terminal colours", () => {
    const shown = show("a\u202eb \x1b[31mred\x1b[0m");
    expect(shown.querySelector<HTMLElement>(".tx-control")?.dataset.code).toBe("U+202E");
    expect(shown.querySelectorAll<HTMLElement>(".ansi")).toHaveLength(2);
    expect([...shown.querySelectorAll<HTMLElement>(".ansi")].every((element) => element.hidden)).toBe(true);
  });

  it("keeps table cells beyond the header", () => {
    expect(show("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n").textContent).toContain("3");
  });

  it("drops no words where Markdown gives up", () => {
    const deep = `${"> ".repeat(300)}the inner words\n\n${"- ".repeat(300)}more words`;
    expect(show(deep).textContent).toContain("the inner words");
    expect(show(deep).textContent).toContain("more words");
  });

  it("colours code without changing it", () => {
    const code = 'def f(x):\n  return "<b>" + x  # & done';
    const shown = show(`Text\n\n\`\`\`python\n${code}\n\`\`\`\n`);
    expect(shown.querySelector("pre code")?.textContent).toBe(code);
    expect(shown.querySelector(".tx-language")?.textContent).toBe("python");
  });

  it("shows a question in one line", () => {
    const container = document.createElement("div");
    renderInline(container, "Find $x$ if **two** apples cost $5 and $6.");
    expect(container.querySelectorAll(".formula")).toHaveLength(1);
    expect(container.textContent).toContain("cost $5 and $6.");
  });
});

describe("marks", () => {
  const marked = (text: string, words: string, baseOffset = 0): string[] => {
    const start = baseOffset + text.indexOf(words);
    const shown = show(text, { baseOffset, marks: [{ start, end: start + words.length, className: "del" }] });
    return [...shown.querySelectorAll(".del")].map((element) => element.getAttribute("aria-label") ?? element.textContent ?? "");
  };

  it.each<[string, string, string[]]>([
    ["one two three", "two", ["two"]],
    ["a **bold word** here", "word** he", ["word", " he"]],
    ["> quoted\n> second line", "second", ["second"]],
    ["- item\n  continued here\n- next", "continued", ["continued"]],
    ["see [label](https://a.b) after label", "after", ["after"]],
    ["*x* *y* **z** end", "end", ["end"]],
    ["some `code here` end", "here", ["here"]],
    ["so $x^2 + 1$ holds", "^2", ["x^2 + 1"]],
    ["| a | b |\n|---|---|\n| dog | cat |", "cat", ["cat"]],
    ["```python\nx = 1\ny = 2\n```", "2", ["2"]],
    ["\\$3 costs \\*much\\* more", "more", ["more"]],
    ["text\r\nnext\rlast", "last", ["last"]],
    ["# Heading words", "words", ["words"]],
    ["\\[\na = b\n\\]\nthen", "then", ["then"]],
    ["an image ![a](http://b.c/d.png) after", "after", ["after"]],
    ["***both*** then", "then", ["then"]],
    ["see <https://a.b/c> then", "/c", ["/c"]],
    ["x [y [z](http://q.r)", "[y", ["[y"]],
  ])("%j marks %j", (text, words, expected) => {
    expect(marked(text, words)).toEqual(expected);
    expect(marked(text, words, 1000)).toEqual(expected);
  });

  it("lets marks overlap", () => {
    const shown = show("abcdef", {
      marks: [
        { start: 1, end: 4, className: "del" },
        { start: 3, end: 5, className: "cand" },
      ],
    });
    expect([...shown.querySelectorAll("span")].map((element) => [element.className, element.textContent])).toEqual([
      ["del", "bc"],
      ["del cand", "d"],
      ["cand", "e"],
    ]);
    expect(shown.textContent).toBe("abcdef");
  });
});

describe("properties", () => {
  it("raw text loses nothing", () => {
    fc.assert(
      fc.property(spicy, (text) => {
        expect(show(text, { raw: true }).textContent).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    "see ![a](http://b.c/d.png)",
    "see ![a](http://b.c/d.png) after",
    "**![a](http://b.c/d.png)** and *more*",
    "- ![a](http://b.c/d.png)\n- next",
    "![a](http://b.c/d.png)\nnext line",
  ])("a picture stands for its whole source: %j", (source) => {
    const pictures = (renderedIn(show(source))?.segments ?? []).filter(({ node }) => !(node instanceof Text));
    expect(pictures.map(({ start, end }) => source.slice(start, end))).toEqual(["![a](http://b.c/d.png)"]);
  });

  it("maps the cells of a table whose bars are escaped", () => {
    const source = "a\\| b | c |\n|---|---|\n| \\|x\\| | `p \\| q` |\n";
    const segments = renderedIn(show(source))?.segments ?? [];
    for (const { node, start, end } of segments) if (node instanceof Text) expect(node.data).toBe(source.slice(start, end));
    expect(segments.map(({ node }) => node.textContent).join("")).toBe("a| bc|x|p | q");
  });

  it("never throws, keeps segments in order and maps words to their source", () => {
    fc.assert(
      fc.property(spicy, (text) => {
        const shown = show(text);
        const content = renderedIn(shown);
        let end = 0;
        for (const segment of content?.segments ?? []) {
          expect(segment.start).toBeGreaterThanOrEqual(end);
          end = segment.end;
          if (segment.node instanceof Text) {
            const source = text.replace(/\r\n/g, " \n").replace(/\r/g, "\n").slice(segment.start, segment.end);
            // Markdown fills a tab that indentation cuts with spaces.
            const plain = (written: string): string => written.replace(/\r/g, "\n").replaceAll("\t", " ");
            expect(plain(segment.node.data)).toBe(plain(source));
          }
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
  });

  it("shows every word of the source", () => {
    const word = fc.constantFrom(
      "alpha",
      "beta",
      "gamma",
      "等一下",
      "> ",
      "- ",
      "# ",
      "**",
      "_",
      "|",
      "\n",
      "\n\n",
      " ",
      "`",
      "~~",
      "[",
      "]",
      "<",
      ">",
      "1. ",
      "    ",
      "***",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (parts) => {
        const text = parts.join("");
        const shown = show(text).textContent ?? "";
        for (const name of ["alpha", "beta", "gamma", "等一下"]) expect(shown.split(name).length).toBe(text.split(name).length);
      }),
      { numRuns: 500 },
    );
  });

  it("marks never change the text shown", () => {
    fc.assert(
      fc.property(spicy, fc.array(fc.tuple(fc.nat(200), fc.nat(40)), { maxLength: 5 }), (text, ranges) => {
        const marks = ranges.map(([start, length]) => ({ start, end: start + length, className: "del" }));
        expect(show(text, { marks }).textContent).toBe(show(text).textContent);
      }),
      { numRuns: 200 },
    );
  });

  it("pieces tile the text", () => {
    fc.assert(
      fc.property(spicy, fc.integer({ min: 2, max: 50 }), (text, longest) => {
        const pieces = cutPieces(text, longest);
        expect(pieces.map((piece) => text.slice(piece.start, piece.end)).join("")).toBe(text);
        expect(pieces.every((piece) => piece.end - piece.start <= longest)).toBe(true);
      }),
    );
  });
});
