/** Colours of the query field: what each stretch of the query is. The engine parses; this only paints. */

/** A stretch of the query. `kind` is a class of the stylesheet: k qualifier, s string, n number, b truth value, empty plain. */
export interface QueryToken {
  readonly text: string;
  readonly kind: "" | "k" | "s" | "n" | "b";
}

const token = /(\s+)|(-?[A-Za-z][\w.]*:)|("(?:[^"\\]|\\.)*"?)|(\S)/y;
const value = /("(?:[^"\\]|\\.)*"?)|([^\s"]+)/y;

/** Cuts a query into stretches that tile it. */
export function highlightQuery(query: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let at = 0;
  while (at < query.length) {
    token.lastIndex = at;
    const match = token.exec(query);
    if (!match) break;
    const [text, space, key, quoted] = match;
    at = token.lastIndex;
    if (space !== undefined) tokens.push({ text: space, kind: "" });
    else if (quoted !== undefined) tokens.push({ text: quoted, kind: "s" });
    else if (key !== undefined) {
      tokens.push({ text: key, kind: "k" });
      at = pushValue(query, at, tokens);
    } else {
      value.lastIndex = at - 1;
      const word = value.exec(query);
      tokens.push({ text: word ? word[0] : text, kind: "" });
      at = word ? value.lastIndex : at;
    }
  }
  return tokens;
}

function pushValue(query: string, at: number, tokens: QueryToken[]): number {
  value.lastIndex = at;
  const match = value.exec(query);
  if (!match) return at;
  tokens.push({ text: match[0], kind: match[1] === undefined ? valueKind(match[0]) : "s" });
  return value.lastIndex;
}

function valueKind(text: string): QueryToken["kind"] {
  if (/^(?:true|false|unknown)$/.test(text)) return "b";
  return /^[<>]=?|^-?[\d.,]+(?:\.\.[\d.]*)?%?$|^\d/.test(text) ? "n" : "";
}
