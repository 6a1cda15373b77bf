/** The part of KaTeX that its own types leave out. The version is pinned; the tests of formulas fail if it changes. */
import type { KatexOptions } from "katex";

declare module "katex" {
  /** A node of the tree that KaTeX builds before it makes HTML or DOM nodes. */
  export interface KatexNode {
    readonly children?: readonly KatexNode[];
    readonly attributes?: Record<string, string>;
    toNode(): Node;
  }
  /** Builds the tree for HTML output; throws a ParseError for a formula it cannot read. */
  export function __renderToHTMLTree(tex: string, options: KatexOptions): KatexNode;
}
