import MarkdownIt from "markdown-it";
import { formulaAt } from "../../src/core/formulaSource";
import { isLocalMedia } from "./media";

type Token = ReturnType<MarkdownIt["parse"]>[number];
type InlineState = InstanceType<MarkdownIt["inline"]["State"]>;
type BlockState = InstanceType<MarkdownIt["block"]["State"]>;

export type { Token as MarkdownToken };

/**
 * Markdown as models write it. Left out: HTML, link references and entities (they would hide text), indented code and underlined headings
 * (they misread indented maths and rules), joining of text tokens (they carry their source offsets).
 */
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true });
markdown.disable([
  "normalize",
  "text_join",
  "code",
  "lheading",
  "reference",
  "html_block",
  "entity",
  "newline",
  "html_inline",
  "escape",
  "fragments_join",
]);
markdown.inline.ruler.before("backticks", "formula", inlineFormula);
markdown.inline.ruler.after("formula", "backslash", backslash);
markdown.block.ruler.before("table", "formula", blockFormula, { alt: ["paragraph", "blockquote", "list"] });
markdown.validateLink = (url) => /^(?:https?:|mailto:|data:image\/)/i.test(url.trim()) || isLocalMedia(url);

/** Keeps where each inline token stands in its content. */
class MappedState extends markdown.inline.State {
  override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
    const start = this.pos;
    const token = super.push(type, tag, nesting);
    const before = this.tokens[this.tokens.length - 2];
    // Emphasis marks arrive one token each while the position stands still.
    const repeats = type === "text" && before?.type === "text" && startOf(before) + before.content.length > start;
    token.meta = { start: repeats ? startOf(before) + before.content.length : start };
    return token;
  }

  override pushPending(): Token {
    // Pending text ends at the position or, for links and images, a bracket before it.
    const start = Math.max(0, this.src.lastIndexOf(this.pending, this.pos - this.pending.length));
    const token = super.pushPending();
    token.meta = { start };
    return token;
  }

  /** Stars inside words are products (`2*3*4`, `a**b`), not emphasis. */
  override scanDelims(start: number, canSplitWord: boolean): ReturnType<InlineState["scanDelims"]> {
    const scanned = super.scanDelims(start, canSplitWord);
    if (this.src.charCodeAt(start) !== 0x2a) return scanned;
    const before = this.src[start - 1] ?? " ";
    const after = this.src[start + scanned.length] ?? " ";
    return {
      ...scanned,
      can_open: scanned.can_open && !/[A-Za-z0-9)\]}]/.test(before),
      can_close: scanned.can_close && !/[A-Za-z0-9([{\\]/.test(after),
    };
  }
}
markdown.inline.State = MappedState;

/** Offset in its content at which an inline token starts. */
export function startOf(token: Token): number {
  const meta: unknown = token.meta;
  return typeof meta === "object" && meta !== null && "start" in meta && typeof meta.start === "number" ? meta.start : 0;
}

/** Tokens of a text whose line ends are `\n`. */
export function parseBlocks(source: string): Token[] {
  return markdown.parse(source, {});
}

/** Inline tokens of one line or paragraph. */
export function parseInline(source: string): Token[] {
  return markdown.parseInline(source, {});
}

function inlineFormula(state: InlineState, silent: boolean): boolean {
  const code = state.src.charCodeAt(state.pos);
  if (code !== 0x24 && code !== 0x5c) return false;
  const found = formulaAt(state.src, state.pos, state.posMax);
  if (!found) return false;
  if (!silent) {
    const token = state.push("formula", "", 0);
    token.content = found.tex;
    token.markup = state.src.slice(found.start, found.end);
    token.hidden = !found.display;
  }
  state.pos = found.end;
  return true;
}

/** Only marks that Markdown itself uses lose their backslash; `\{`, `\,` and `\[` are TeX and stay. */
function backslash(state: InlineState, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x5c || state.pos + 1 >= state.posMax) return false;
  const next = state.src[state.pos + 1] ?? "";
  if (!silent) {
    if (/[*_#$`~|]/.test(next)) {
      const token = state.push("text_special", "", 0);
      token.content = next;
      token.meta = { start: state.pos + 1 };
    } else state.pending += `\\${next}`;
  }
  state.pos += 2;
  return true;
}

function blockFormula(state: BlockState, startLine: number, endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const code = state.src.charCodeAt(start);
  if (code !== 0x24 && code !== 0x5c) return false;
  const found = formulaAt(state.src, start, state.eMarks[endLine - 1] ?? 0);
  if (!found?.display) return false;
  let line = startLine;
  while (line < endLine - 1 && (state.eMarks[line] ?? 0) < found.end) line++;
  const rest = state.src.slice(found.end, state.eMarks[line]).trim();
  if (rest.length > 1 || /\w/.test(rest)) return false;
  if (silent) return true;
  const token = state.push("formula", "", 0);
  token.block = true;
  token.content = line === startLine ? found.tex : withoutPrefixes(state, found.tex);
  token.markup = state.src.slice(found.start, found.end);
  token.info = rest;
  token.meta = { start: found.start };
  token.map = [startLine, line + 1];
  state.line = line + 1;
  return true;
}

/** Inside a quotation each further line of the formula begins with the quotation's mark. */
function withoutPrefixes(state: BlockState, tex: string): string {
  return state.parentType === "blockquote" ? tex.replace(/\n[ \t]*>[ \t]?/g, "\n") : tex;
}
