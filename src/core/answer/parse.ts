/**
 * Reads a normalised answer as structure: a recursive-descent parser over LaTeX and plain notation, bounded in depth and size. It builds data;
 * nothing is ever executed. What it cannot read gives undefined.
 */
import { apply, integer, type Node } from "./node";
import { fromDecimal } from "./rational";
import { type Token, tokenize } from "./tokens";
import { knownUnit, magnitude } from "./units";

const maxDepth = 60;
const nothing: Node = { kind: "text", text: "" };

const functions = new Set("sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln exp abs lg min max gcd lcm det".split(" "));
const greek = new Set(
  "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega infty emptyset varnothing ell hbar".split(
    " ",
  ),
);
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
const closing: Readonly<Record<string, string>> = {
  "(": ")]",
  "[": "])",
  "\\{": "\\}",
  lfloor: "rfloor",
  lceil: "rceil",
  langle: "rangle",
};
const signed = new Set(["+", "-", "pm", "mp"]);
const times = new Set(["*", "times", "cdot", "ast", "bullet"]);
const over = new Set(["/", "div", ":"]);

class Parser {
  private at = 0;
  private depth = 0;
  failed = false;

  constructor(private readonly tokens: Token[]) {}

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  private peek(ahead = 0): string {
    const token = this.tokens[this.at + ahead];
    return token === undefined || token.type === "word" ? "" : token.text;
  }

  private token(): Token | undefined {
    return this.tokens[this.at];
  }

  private take(text: string): boolean {
    if (this.peek() !== text) {
      return false;
    }
    this.at += 1;
    return true;
  }

  private fail(): Node {
    this.failed = true;
    this.at = this.tokens.length;
    return nothing;
  }

  private deeper(read: () => Node): Node {
    this.depth += 1;
    const node = this.depth > maxDepth ? this.fail() : read();
    this.depth -= 1;
    return node;
  }

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

  private separator(): boolean {
    let found = false;
    while (this.take(",") || this.take(";") || this.take("and") || this.take("or") || this.take("lor") || this.take("land")) {
      found = true;
    }
    return found;
  }

  private closes(): boolean {
    return [")", "]", "}", "\\}", "rfloor", "rceil", "rangle", "&", "end"].includes(this.peek()) || this.token()?.type === "row";
  }

  private relation(): Node {
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

  private setOperation(): Node {
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

  private sum(): Node {
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

  private product(): Node {
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
  private implicit(left: Node): Node {
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
  private withUnitLetter(value: Node, words: string): Node {
    this.at += 1;
    return { kind: "unit", value, words, power: 1 };
  }

  private startsFactor(): boolean {
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

  private signedFactor(): Node {
    if (this.take("-")) {
      return this.deeper(() => apply("neg", this.signedFactor()));
    }
    return this.take("+") ? this.deeper(() => this.signedFactor()) : this.factor();
  }

  private factor(): Node {
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

  private unitAfterDegree(): void {
    if (this.token()?.type === "letter" && /^[CF]$/.test(this.peek())) {
      this.at += 1;
    }
  }

  private raised(base: Node): Node {
    const exponent = this.deeper(() => this.script());
    return base.kind === "unit" ? { ...base, power: exponentOf(exponent) } : apply("^", base, exponent);
  }

  /** What stands after ^ or _: a group, a sign and an atom, or one digit of a number as LaTeX reads it. */
  private script(): Node {
    if (this.take("-")) {
      return apply("neg", this.script());
    }
    return this.atom();
  }

  private subscripted(base: Node): Node {
    const script = this.script();
    const words = plain(script);
    if (base.kind === "number") {
      return base.decimals < 0 ? { kind: "based", digits: base.value.n.toString(), base: words } : base;
    }
    return { kind: "symbol", name: `${plain(base)}_${words}` };
  }

  private withWord(left: Node): Node {
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

  private atom(): Node {
    const token = this.token();
    if (token === undefined) {
      return this.fail();
    }
    this.at += 1;
    switch (token.type) {
      case "number":
        return numberNode(token.text) ?? this.fail();
      case "letter":
        return { kind: "symbol", name: token.text };
      case "word":
        return this.words(token.text);
      case "command":
        return this.command(token.text);
      case "row":
        return this.fail();
      default:
        return this.bracket(token.text);
    }
  }

  private words(first: string): Node {
    const words = [first];
    for (let token = this.token(); token?.type === "word"; token = this.token()) {
      words.push(token.text);
      this.at += 1;
    }
    return { kind: "text", text: words.join(" ").toLowerCase() };
  }

  private bracket(open: string): Node {
    if (open === "{") {
      const inner = this.list();
      return this.take("}") ? inner : this.fail();
    }
    if (open === "|") {
      const inner = this.list();
      return this.take("|") ? apply("abs", inner) : this.fail();
    }
    const closers = closing[open];
    if (closers === undefined) {
      return this.fail();
    }
    if (closers.includes(this.peek()) && !this.done) {
      const close = this.peek();
      this.at += 1;
      return { kind: "group", open, close, items: [] };
    }
    const inner = this.list();
    const close = this.peek();
    if (close === "" || !closers.includes(close)) {
      return this.fail();
    }
    this.at += 1;
    return bracketed(open, close, inner);
  }

  private command(name: string): Node {
    const special = this.structure(name);
    if (special) {
      return special;
    }
    if (functions.has(name)) {
      return this.call(name);
    }
    return greek.has(name) ? { kind: "symbol", name } : this.fail();
  }

  private structure(name: string): Node | undefined {
    switch (name) {
      case "frac":
        return apply("/", this.argument(), this.argument());
      case "binom":
      case "dbinom":
      case "tbinom":
        return apply("binom", this.argument(), this.argument());
      case "sqrt":
        return this.root();
      case "boxed":
      case "overline":
      case "vec":
      case "hat":
      case "bar":
      case "overrightarrow":
      case "widehat":
        return this.argument();
      case "mathbb":
      case "mathcal":
      case "mathfrak":
        return { kind: "symbol", name: `${name}:${plain(this.argument())}` };
      case "angle":
      case "triangle":
        return this.atom();
      case "lfloor":
      case "lceil":
      case "langle":
        return this.bracket(name);
      case "begin":
        return this.matrix();
      default:
        return undefined;
    }
  }

  /** An argument as LaTeX reads it: a group, or a single digit of a number. */
  private argument(): Node {
    const token = this.token();
    if (token?.type === "number" && token.text.length > 1 && /^\d+$/.test(token.text)) {
      this.tokens[this.at] = { type: "number", text: token.text.slice(1), spaced: false };
      return numberNode(token.text.charAt(0)) ?? nothing;
    }
    return this.deeper(() => this.atom());
  }

  private root(): Node {
    if (this.take("[")) {
      const degree = this.sum();
      return this.take("]") ? apply("root", degree, this.argumentWhole()) : this.fail();
    }
    return apply("root", integer(2), this.argumentWhole());
  }

  /** `\sqrt` before a plain number takes the whole number: people write "√10" and "\sqrt 10". */
  private argumentWhole(): Node {
    return this.deeper(() => this.atom());
  }

  private call(name: string): Node {
    let base: Node | undefined;
    let exponent: Node | undefined;
    for (let i = 0; i < 2; i += 1) {
      if (this.take("_")) {
        base = this.script();
      } else if (this.take("^")) {
        exponent = this.script();
      }
    }
    const argument = this.deeper(() => this.argumentOfFunction());
    const items = argument.kind === "group" && argument.open !== "[" ? argument.items : [argument];
    const value = name === "log" && base ? apply("log", base, ...items) : apply(name, ...items);
    if (exponent === undefined) {
      return value;
    }
    const inverse = exponent.kind === "apply" && exponent.name === "neg" && /^(?:sin|cos|tan)$/.test(name);
    return inverse ? apply(`arc${name}`, ...items) : apply("^", value, exponent);
  }

  /** sin 2x: juxtaposed factors up to the next sign; sin(x): the bracket alone. */
  private argumentOfFunction(): Node {
    if (this.peek() === "(" || this.peek() === "{" || this.peek() === "[") {
      return this.factor();
    }
    let left = this.signedFactor();
    while (!this.done && !this.failed && this.startsFactor() && !functions.has(this.peek())) {
      left = apply("*", left, this.factor());
    }
    return over.has(this.peek()) && this.take("/") ? apply("/", left, this.factor()) : left;
  }

  private environment(): string {
    let name = "";
    if (this.take("{")) {
      while (!this.done && !this.take("}")) {
        name += this.token()?.text ?? "";
        this.at += 1;
      }
    }
    return name;
  }

  private matrix(): Node {
    const name = this.environment();
    if (name === "array" && this.peek() === "{") {
      this.environment();
    }
    const rows: Node[][] = [[]];
    while (!this.failed) {
      if (this.done) {
        return this.fail();
      }
      if (this.take("end")) {
        this.environment();
        break;
      }
      if (this.token()?.type === "row") {
        this.at += 1;
        rows.push([]);
      } else if (!this.take("&") && !this.take("hline")) {
        rows.at(-1)?.push(this.list());
      }
    }
    const filled = rows.filter((row) => row.length > 0);
    if (/matrix|array/.test(name)) {
      return { kind: "matrix", rows: filled };
    }
    const items = filled.flat();
    return items.length === 1 ? (items[0] ?? nothing) : { kind: "group", open: "", close: "", items };
  }
}

function exponentOf(node: Node): number {
  return node.kind === "number" && node.value.d === 1n ? Number(node.value.n) : 1;
}

function numberNode(text: string): Node | undefined {
  const [mantissa = "", exponent] = text.toLowerCase().split("e");
  const value = fromDecimal(mantissa);
  if (value === undefined) {
    return undefined;
  }
  const point = mantissa.indexOf(".");
  const digits = mantissa.replace(".", "").replace(/^0+/, "").length;
  const node: Node = { kind: "number", value, decimals: point < 0 ? -1 : mantissa.length - point - 1, digits };
  return exponent === undefined
    ? node
    : apply("*", node, apply("^", integer(10), integer(Math.max(-2000, Math.min(2000, Number(exponent))))));
}

function bracketed(open: string, close: string, inner: Node): Node {
  if (open === "lfloor") {
    return apply("floor", inner);
  }
  if (open === "lceil") {
    return apply("ceil", inner);
  }
  const bare = inner.kind === "group" && inner.open === "";
  if (!bare && open === "(" && close === ")") {
    return inner;
  }
  return {
    kind: "group",
    open: open === "langle" ? "(" : open,
    close: close === "rangle" ? ")" : close,
    items: bare ? inner.items : [inner],
  };
}

/** A short plain spelling of a node, for names and comparisons of names. */
export function plain(node: Node): string {
  switch (node.kind) {
    case "number":
      return node.value.d === 1n ? node.value.n.toString() : `${node.value.n}/${node.value.d}`;
    case "symbol":
      return node.name;
    case "text":
      return node.text;
    case "based":
      return `${node.digits}_${node.base}`;
    case "apply":
      return node.name === "*" ? node.of.map(plain).join("") : `${node.name}(${node.of.map(plain).join(",")})`;
    case "group":
      return `${node.open}${node.items.map(plain).join(",")}${node.close}`;
    case "unit":
      return `${plain(node.value)} ${node.words}`;
    default:
      return "";
  }
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
