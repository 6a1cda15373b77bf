/** A place in a list of tokens, moved by the readers of notation; bounded in depth. */
import type { Node } from "./node";
import type { Token } from "./tokens";

const maxDepth = 60;
/** Stands where nothing could be read. */
export const nothing: Node = { kind: "text", text: "" };

/** Reads tokens one after the other. A reader that cannot go on fails as a whole. */
export class Cursor {
  protected at = 0;
  private depth = 0;
  failed = false;

  constructor(protected readonly tokens: Token[]) {}

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  protected peek(ahead = 0): string {
    const token = this.tokens[this.at + ahead];
    return token === undefined || token.type === "word" ? "" : token.text;
  }

  protected token(): Token | undefined {
    return this.tokens[this.at];
  }

  protected take(text: string): boolean {
    if (this.peek() !== text) {
      return false;
    }
    this.at += 1;
    return true;
  }

  protected fail(): Node {
    this.failed = true;
    this.at = this.tokens.length;
    return nothing;
  }

  protected deeper(read: () => Node): Node {
    this.depth += 1;
    const node = this.depth > maxDepth ? this.fail() : read();
    this.depth -= 1;
    return node;
  }
}
