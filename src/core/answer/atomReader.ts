/** Reads atoms of notation: numbers, names, brackets, commands, function calls, matrices. */
import { Cursor, nothing } from "./cursor";
import { apply, integer, type Node } from "./node";
import { closing, functions, greek } from "./notation";
import { plain } from "./plain";
import { fromDecimal } from "./rational";

/** What an atom holds is read by the expression reader that extends this one. */
export abstract class AtomReader extends Cursor {
  /** A list of relations up to a closing bracket or a row end. */
  abstract list(): Node;
  protected abstract sum(): Node;
  protected abstract factor(): Node;
  protected abstract signedFactor(): Node;
  protected abstract startsFactor(): boolean;

  protected atom(): Node {
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

  protected words(first: string): Node {
    const words = [first];
    for (let token = this.token(); token?.type === "word"; token = this.token()) {
      words.push(token.text);
      this.at += 1;
    }
    return { kind: "text", text: words.join(" ").toLowerCase() };
  }

  protected bracket(open: string): Node {
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

  protected command(name: string): Node {
    const special = this.structure(name);
    if (special) {
      return special;
    }
    if (functions.has(name)) {
      return this.call(name);
    }
    return greek.has(name) ? { kind: "symbol", name } : this.fail();
  }

  protected structure(name: string): Node | undefined {
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
  protected argument(): Node {
    const token = this.token();
    if (token?.type === "number" && token.text.length > 1 && /^\d+$/.test(token.text)) {
      this.tokens[this.at] = { type: "number", text: token.text.slice(1), spaced: false };
      return numberNode(token.text.charAt(0)) ?? nothing;
    }
    return this.deeper(() => this.atom());
  }

  protected root(): Node {
    if (this.take("[")) {
      const degree = this.sum();
      return this.take("]") ? apply("root", degree, this.argumentWhole()) : this.fail();
    }
    return apply("root", integer(2), this.argumentWhole());
  }

  /** `\sqrt` before a plain number takes the whole number: people write "√10" and "\sqrt 10". */
  protected argumentWhole(): Node {
    return this.deeper(() => this.atom());
  }

  protected call(name: string): Node {
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
  protected argumentOfFunction(): Node {
    if (this.peek() === "(" || this.peek() === "{" || this.peek() === "[") {
      return this.factor();
    }
    let left = this.signedFactor();
    while (!this.done && !this.failed && this.startsFactor() && !functions.has(this.peek())) {
      left = apply("*", left, this.factor());
    }
    return this.take("/") ? apply("/", left, this.factor()) : left;
  }

  /** What stands after ^ or _: a group, a sign and an atom, or one digit of a number as LaTeX reads it. */
  protected script(): Node {
    if (this.take("-")) {
      return apply("neg", this.script());
    }
    return this.atom();
  }

  protected environment(): string {
    let name = "";
    if (this.take("{")) {
      while (!this.done && !this.take("}")) {
        name += this.token()?.text ?? "";
        this.at += 1;
      }
    }
    return name;
  }

  protected matrix(): Node {
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
