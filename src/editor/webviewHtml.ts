/** The webview's page: everything from the extension's own folder, nothing inline but by nonce, nothing from the network. */

/** What the page is made from: addresses as the webview sees them. */
export interface PageParts {
  readonly cspSource: string;
  readonly script: string;
  readonly styles: readonly string[];
  readonly title: string;
  readonly language: string;
}

/** 32 letters and digits that cannot be guessed. */
export function makeNonce(random: (bytes: Uint8Array) => Uint8Array = (bytes) => crypto.getRandomValues(bytes)): string {
  return Array.from(random(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The content security policy. Styles and fonts from the extension's folder; images only data (icons in CSS); no connections at all. The nonce also lets the
 * controls' own style elements in: the toolkit reads it from `<meta property="csp-nonce">`.
 */
export function contentSecurityPolicy(cspSource: string, nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${cspSource}`,
    `style-src 'nonce-${nonce}' ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
}

/** The inspector's page. */
export function inspectorPage(parts: PageParts, nonce: string): string {
  const styles = parts.styles.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`).join("\n    ");
  return `<!DOCTYPE html>
<html lang="${escapeHtml(parts.language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentSecurityPolicy(parts.cspSource, nonce))}">
    <meta property="csp-nonce" content="${nonce}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(parts.title)}</title>
    ${styles}
  </head>
  <body>
    <rti-app></rti-app>
    <script type="module" nonce="${nonce}" src="${escapeHtml(parts.script)}"></script>
  </body>
</html>`;
}

/** A page with a few words and one button that runs a command; used where the inspector itself does not fit, such as inside a diff. */
export function messagePage(message: {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  readonly command: string;
}): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'">
    <title>${escapeHtml(message.title)}</title>
  </head>
  <body>
    <h3>${escapeHtml(message.title)}</h3>
    <p>${escapeHtml(message.text)}</p>
    <p><a href="command:${escapeHtml(message.command)}">${escapeHtml(message.button)}</a></p>
  </body>
</html>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text that may stand in an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
