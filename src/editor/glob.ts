/** Patterns of file names in settings: `*` and `?` within a folder, `**` across folders, `{a,b}` for either. */

/** The parts of a pattern and what they match; anything else stands for itself. */
const parts: readonly (readonly [part: RegExp, meaning: string])[] = [
  [/^\*\*\//, "(?:.*/)?"],
  [/^\*\*/, ".*"],
  [/^\*/, "[^/]*"],
  [/^\?/, "[^/]"],
  [/^\{/, "(?:"],
  [/^\}/, ")"],
  [/^,/, "|"],
];

/**
 * Does the pattern fit the file? `path` is the path inside the workspace, or the whole path, with "/" between folders. A pattern without "/" is one of the
 * file's name, in any folder.
 */
export function fitsGlob(pattern: string, path: string): boolean {
  const subject = pattern.includes("/") ? path : path.slice(path.lastIndexOf("/") + 1);
  const expression = expressionOf(pattern);
  return expression?.test(subject) ?? false;
}

/** Undefined for a pattern whose braces do not close. */
function expressionOf(pattern: string): RegExp | undefined {
  let source = "";
  let depth = 0;
  for (let rest = pattern; rest !== ""; ) {
    const found = parts.find(([part]) => part.test(rest));
    const length = found ? (found[0].exec(rest)?.[0].length ?? 1) : 1;
    const text = rest.slice(0, length);
    depth += text === "{" ? 1 : text === "}" ? -1 : 0;
    if (depth < 0) return undefined;
    source += found && (text !== "," || depth > 0) ? found[1] : text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    rest = rest.slice(length);
  }
  return depth === 0 ? new RegExp(`^${source}$`) : undefined;
}

/** A name that a pattern takes literally, as far as patterns allow: special characters become `?`. */
export const globOf = (name: string): string => name.replace(/[*{},]/g, "?");
