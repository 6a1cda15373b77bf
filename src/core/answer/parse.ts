/**
 * Reads a normalised answer as structure: a recursive-descent parser over LaTeX and plain notation, bounded in depth and size. It builds data;
 * nothing is ever executed. What it cannot read gives undefined.
 */
import { AtomReader } from "./atomReader";
import { nothing } from "./cursor";
import { apply, integer, type Node } from "./node";
import { functions, greek } from "./notation";
import { plain } from "./plain";
import { tokenize } from "./tokens";
import { knownUnit, magnitude } from "./units";

const relations: Readonly<Record<string, string>> = {
  "=": "=",
  "==": "=",
  approx: "=",
  equiv: "=",
  simeq: "=",
  "<": "<",
  ">": ">",
  "<=": "<=",
  "=<": "<=",
  le: "<=",
  ge: ">=",
  ">=": ">=",
  "!=": "!=",
  "<>": "!=",
  ne: "!=",
  in: "in",
  to: "=",
  Rightarrow: "=",
  implies: "=",
};
const setOperators: Readonly<Record<string, "union" | "intersection" | "difference">> = {
  cup: "union",
  cap: "intersection",
  setminus: "difference",
  backslash: "difference",
};
const signed = new Set(["+", "-", "pm", "mp"]);
const times = new Set(["*", "times", "cdot", "ast", "bullet"]);
const over = new Set(["/", "div", ":"]);

class Parser extends AtomReader {
  /** A list of relations; a single one is returned bare. Stops at a closing bracket or a row end. */
  list(): Node {
    return this.deeper(() => {
      const items: Node[] = [this.relation()];
      while (!this.done && this.separator()) {
        if (this.done || this.closes()) {
          break;
        }
        items.push(this.relation());
      }
      return items.length === 1 ? (items[0] ?? nothing) : { kind: "group", open: "", close: "", items };
    });
  }

  protected separator(): boolean {
    let found = false;
    while (this.take(",") || this.take(";") || this.take("and") || this.take("or") || this.take("lor") || this.take("land")) {
      found = true;
    }
    return found;
  }

  protected closes(): boolean {
    return [")", "]", "}", "\\}", "rfloor", "rceil", "rangle", "&", "end"].includes(this.peek()) || this.token()?.type === "row";
  }

  protected relation(): Node {
    const sides = [this.setOperation()];
    const operators: string[] = [];
    while (!this.done && !this.failed) {
      const operator = relations[this.peek()];
      if (operator === undefined) {
        break;
      }
      this.at += 1;
      operators.push(operator);
      sides.push(this.setOperation());
    }
    return operators.length === 0 ? (sides[0] ?? nothing) : { kind: "relation", operators, sides };
  }

  protected setOperation(): Node {
    let left = this.sum();
    while (!this.done && !this.failed) {
      const name = setOperators[this.peek()];
      if (name === undefined) {
        break;
      }
      this.at += 1;
      left = { kind: "sets", name, of: [left, this.sum()] };
    }
    return left;
  }

  protected sum(): Node {
    let left: Node | undefined;
    while (!this.done && !this.failed) {
      const sign = this.peek();
      if (!signed.has(sign)) {
        if (left) {
          break;
        }
        left = this.product();
        continue;
      }
      this.at += 1;
      const right = this.product();
      if (sign === "pm" || sign === "mp") {
        left = apply(sign, left ?? integer(0), right);
      } else if (left === undefined) {
        left = sign === "-" ? apply("neg", right) : right;
      } else {
        left = apply(sign, left, right);
      }
    }
    return left ?? this.fail();
  }

  protected product(): Node {
    let left = this.signedFactor();
    while (!this.done && !this.failed) {
      const operator = this.peek();
      const token = this.token();
      if (times.has(operator)) {
        this.at += 1;
        left = apply("*", left, this.signedFactor());
      } else if (over.has(operator)) {
        this.at += 1;
        left = apply("/", left, this.signedFactor());
      } else if (token?.type === "word") {
        left = this.withWord(left);
      } else if (operator === "pmod" || operator === "bmod" || operator === "mod") {
        this.at += 1;
        this.factor();
      } else if (this.startsFactor()) {
        left = this.implicit(left);
      } else {
        break;
      }
    }
    return left;
  }

  /** Juxtaposition: a mixed number for an integer before a fraction of integers, a product otherwise. */
  protected implicit(left: Node): Node {
    const spaced = this.token()?.spaced === true;
    const letter = this.token();
    if (
      left.kind === "number" &&
      spaced &&
      letter?.type === "letter" &&
      this.at === this.tokens.length - 1 &&
      /^[mghsL]$/.test(letter.text)
    ) {
      return this.withUnitLetter(left, letter.text);
    }
    const next = this.factor();
    const whole = left.kind === "number" && left.decimals < 0;
    if (whole && next.kind === "apply" && next.name === "/" && next.of.every((part) => part.kind === "number")) {
      return apply("+", left, next);
    }
    if (whole && spaced && next.kind === "number" && next.decimals < 0 && over.has(this.peek())) {
      this.at += 1;
      return apply("+", left, apply("/", next, this.factor()));
    }
    if (left.kind === "text" || next.kind === "text" || (left.kind === "number" && next.kind === "number")) {
      return this.fail();
    }
    return apply("*", left, next);
  }

  /** "5 m": a letter that closes the answer after a number and a space is its unit. */
  protected withUnitLetter(value: Node, words: string): Node {
    this.at += 1;
    return { kind: "unit", value, words, power: 1 };
  }

  protected startsFactor(): boolean {
    const token = this.token();
    const text = this.peek();
    if (token === undefined || token.type === "row") {
      return false;
    }
    if (token.type === "number" || token.type === "letter") {
      return true;
    }
    if (token.type === "command") {
      return (
        functions.has(text) ||
        greek.has(text) ||
        /^(?:frac|sqrt|binom|lfloor|lceil|langle|boxed|begin|mathbb|overline|vec|hat|bar|dot|angle|triangle|sum|prod|int|prime|mathcal|mathfrak)$/.test(
          text,
        )
      );
    }
    return ["(", "[", "{", "\\{"].includes(text);
  }

  protected signedFactor(): Node {
    if (this.take("-")) {
      return this.deeper(() => apply("neg", this.signedFactor()));
    }
    return this.take("+") ? this.deeper(() => this.signedFactor()) : this.factor();
  }

  protected factor(): Node {
    let base = this.deeper(() => this.atom());
    while (!this.done && !this.failed) {
      if (this.take("^") || this.take("**")) {
        base = this.raised(base);
      } else if (this.take("!")) {
        base = apply("!", base);
      } else if (this.take("%")) {
        base = apply("percent", base);
      } else if (this.take("degree")) {
        base = apply("deg", base);
        this.unitAfterDegree();
      } else if (this.take("_")) {
        base = this.subscripted(base);
      } else if (this.take("'") || this.take("prime")) {
        base = apply("prime", base);
      } else {
        break;
      }
    }
    return base;
  }

  protected unitAfterDegree(): void {
    if (this.token()?.type === "letter" && /^[CF]$/.test(this.peek())) {
      this.at += 1;
    }
  }

  protected raised(base: Node): Node {
    const exponent = this.deeper(() => this.script());
    return base.kind === "unit" ? { ...base, power: exponentOf(exponent) } : apply("^", base, exponent);
  }

  protected subscripted(base: Node): Node {
    const script = this.script();
    const words = plain(script);
    if (base.kind === "number") {
      return base.decimals < 0 ? { kind: "based", digits: base.value.n.toString(), base: words } : base;
    }
    return { kind: "symbol", name: `${plain(base)}_${words}` };
  }

  protected withWord(left: Node): Node {
    const words: string[] = [];
    for (let token = this.token(); token?.type === "word"; token = this.token()) {
      words.push(token.text);
      this.at += 1;
    }
    const text = words.join(" ").toLowerCase();
    if (/^(?:percent(?:age)?s?|pct|per cent|percentage points?)\b/.test(text)) {
      return apply("percent", left);
    }
    if (left.kind === "text" || left.kind === "group" || left.kind === "relation") {
      return left.kind === "group" ? left : { kind: "text", text: `${plain(left)} ${text}` };
    }
    const factor = magnitude(text);
    if (factor !== undefined) {
      return apply("*", left, integer(factor));
    }
    if (/^deg(?:rees?)?\b/.test(text)) {
      return apply("deg", left);
    }
    const power = this.take("^") ? exponentOf(this.script()) : (knownUnit(text)?.power ?? 1);
    return { kind: "unit", value: left, words: text, power };
  }
}

function exponentOf(node: Node): number {
  return node.kind === "number" && node.value.d === 1n ? Number(node.value.n) : 1;
}

/** The structure of a normalised answer, or undefined where it cannot be read as a whole within the limits. */
export function parseAnswer(normalized: string): Node | undefined {
  const tokens = tokenize(normalized);
  if (tokens === undefined || tokens.length === 0) {
    return undefined;
  }
  const parser = new Parser(tokens);
  const node = parser.list();
  return parser.failed || !parser.done ? undefined : node;
}
