import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, escapeHtml, inspectorPage, makeNonce, messagePage } from "../../src/editor/webviewHtml";

const parts = {
  cspSource: "https://x.example",
  script: "https://x.example/main.js",
  styles: ["https://x.example/a.css"],
  title: "a",
  language: "en",
};

describe("the webview's page", () => {
  it("allows nothing that is not named", () => {
    const policy = contentSecurityPolicy("https://x.example", "n1");
    expect(policy.startsWith("default-src 'none'")).toBe(true);
    expect(policy).toContain("script-src 'nonce-n1'");
    expect(policy).not.toMatch(/unsafe|\*|https:(?!\/\/x\.example)/);
    expect(policy).toContain("connect-src 'none'");
  });

  it("runs one script, by nonce, and has no inline script or style", () => {
    const page = inspectorPage(parts, "n1");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain('<script type="module" nonce="n1" src="https://x.example/main.js">');
    expect(page).not.toMatch(/<style|style=|onload=|onclick=/);
    expect(page).toContain('<link rel="stylesheet" href="https://x.example/a.css">');
  });

  it("does not let a file's name become markup", () => {
    const page = inspectorPage({ ...parts, title: `</title><script>alert(1)</script>"'` }, "n1");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(messagePage({ title: "<img src=x>", text: "&", button: "b", command: "c" })).not.toContain("<img");
    expect(escapeHtml(`<>&"'`)).toBe("&lt;&gt;&amp;&quot;&#39;");
  });

  it("makes a new nonce each time", () => {
    expect(makeNonce()).toMatch(/^[0-9a-f]{32}$/);
    expect(makeNonce()).not.toBe(makeNonce());
  });
});
