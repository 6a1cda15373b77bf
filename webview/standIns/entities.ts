/** HTML's named characters, decoded by the browser's own parser: markdown-it's table of them would be a tenth of the bundle. */

const reference = /&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z][a-z0-9]{0,31});/gi;

/** Text of one character reference; the reference itself where the browser knows none. A text area parses no tags. */
function decodeOne(source: string): string {
  const area = document.createElement("textarea");
  area.innerHTML = source;
  return area.value;
}

/** Decodes every complete character reference in a text. */
export const decodeHTML = (text: string): string => text.replace(reference, decodeOne);

/** The same: only references that end in a semicolon are looked at. */
export const decodeHTMLStrict = decodeHTML;
