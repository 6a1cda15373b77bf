import createDOMPurify from "dompurify";
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import cpp from "highlight.js/lib/languages/cpp";
import java from "highlight.js/lib/languages/java";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import { lean } from "./leanLanguage";

/** JavaScript is read as the language that contains it. */
const languages = { bash, lean, cpp, java, json, python, typescript };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

/** Names models write that highlight.js does not know as aliases. */
const aliases: Readonly<Record<string, string>> = {
  javascript: "typescript",
  js: "typescript",
  jsx: "typescript",
  mjs: "typescript",
  cjs: "typescript",
  python3: "python",
  ipython: "python",
  jsonl: "json",
  shell: "bash",
  console: "bash",
  c: "cpp",
  cc: "cpp",
  lean4: "lean",
  lean3: "lean",
};

/** Longer code is shown plain. */
const longestCode = 60_000;

const purify = createDOMPurify(window);

/**
 * Code as a fragment whose text is exactly `code`; coloured where the language is known. What highlight.js gives passes the sanitiser; if a
 * character were lost on the way the code is shown plain.
 */
export function highlighted(code: string, language: string): DocumentFragment {
  const name = aliases[language.toLowerCase()] ?? language.toLowerCase();
  if (code.length <= longestCode && hljs.getLanguage(name)) {
    const fragment = coloured(code, name);
    if (fragment?.textContent === code) return fragment;
  }
  const plain = document.createDocumentFragment();
  plain.append(code);
  return plain;
}

function coloured(code: string, language: string): DocumentFragment | undefined {
  if (!purify.isSupported) return undefined;
  const html = hljs.highlight(code, { language, ignoreIllegals: true }).value;
  return purify.sanitize(html, { ALLOWED_TAGS: ["span"], ALLOWED_ATTR: ["class"], RETURN_DOM_FRAGMENT: true });
}
