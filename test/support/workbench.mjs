// Drives VS Code's workbench in Chromium as a user would: palette, explorer, webview.
import { chromium } from "playwright-core";
import { findChromium } from "./process.mjs";
import { startServer } from "./vscodeServer.mjs";

const chromiumArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  // Containers give shared memory too little room for a page of this size; Chromium then dies.
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Requests and messages of the workbench itself that are no fault of the extension: files the server edition does not ship. */
const harmless =
  /\[lifecycle\]|onWillSaveTextDocument|authentication provider|build\/Release|HTTP response code \(404\)|favicon|vsda|update\/check|serviceWorker|service-worker|ERR_FAILED|404 \(Not Found\)|bindings file|Ignoring fetching additional|localhost|\[API PROPOSAL\]|WebGL|NaN|ResizeObserver/i;

/**
 * Opens a folder in VS Code. `colorTheme` names a built-in theme. The result collects console errors, violations of the content security policy and requests to
 * other hosts.
 */
export async function openWorkbench({
  folder,
  dev,
  tests,
  vsix,
  edition,
  settings = {},
  env,
  logFile,
  width = 1440,
  height = 900,
  colorTheme = "Default Dark Modern",
}) {
  const server = await startServer({
    edition,
    driver: dev !== undefined,
    vsix,
    env,
    logFile,
    settings: { "workbench.colorTheme": colorTheme, "git.enabled": false, ...settings },
  });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs });
  const context = await browser.newContext({ viewport: { width, height }, permissions: ["clipboard-read", "clipboard-write"] });
  const foreign = [];
  const problems = [];
  await context.route(
    (url) => url.protocol.startsWith("http") && url.hostname !== "127.0.0.1",
    (route) => {
      foreign.push(route.request().url());
      return route.abort();
    },
  );
  await context.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(
        `policy violation: ${event.effectiveDirective} blocked ${event.blockedURI} in ${event.sourceFile}:${event.lineNumber}:${event.columnNumber} ${event.sample}`,
      ),
    ),
  );
  const page = await context.newPage();
  page.on("console", (message) => {
    const text = message.text();
    const where = message.location().url;
    if (message.type() === "error" && !harmless.test(text) && !harmless.test(where)) problems.push(`${text} (${where})`);
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  let exited;
  const testsExit = new Promise((done) => {
    exited = done;
  });
  await page.exposeFunction("codeAutomationExit", (code) => exited(code));
  await page.exposeFunction("codeAutomationLog", (_type, args) => server.log(`${args.map(String).join(" ")}\n`));
  await page.goto(server.address({ folder, dev, tests }));
  await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
  return new Workbench({ server, browser, context, page, foreign, problems, testsExit });
}

/** A running workbench. */
class Workbench {
  constructor(parts) {
    Object.assign(this, parts);
  }

  /** The palette's row for a command, the palette being open. A webview that takes the focus just then closes the palette: it is opened again. */
  async palette(title) {
    const input = this.page.locator(".quick-input-widget input").first();
    for (let tries = 0; ; tries++) {
      await this.page.keyboard.press("F1");
      try {
        await input.fill(`>${title}`, { timeout: 4000 });
        break;
      } catch (error) {
        if (tries === 4) throw error;
        await this.page.keyboard.press("Escape");
        // A webview whose focused element went away may swallow keys: an empty place of the status bar takes the focus.
        if (tries > 0) await this.page.locator(".part.statusbar").click({ position: { x: 400, y: 10 } });
      }
    }
    return this.page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
  }

  /** Waits until the extension has contributed a command. */
  async waitForCommand(title, ms = 60_000) {
    const end = Date.now() + ms;
    while (Date.now() < end) {
      const row = await this.palette(title);
      const found = await row.waitFor({ timeout: 1500 }).then(
        () => true,
        () => false,
      );
      await this.page.keyboard.press("Escape");
      if (found) return;
    }
    throw new Error(`the command never appeared in the palette: ${title}`);
  }

  /** Runs a command from the palette. */
  async run(title) {
    for (let tries = 0; ; tries++) {
      const row = await this.palette(title);
      try {
        return await row.click({ timeout: 10_000 });
      } catch (error) {
        if (tries === 2) throw error;
      }
    }
  }

  /** Double-clicks a file in the explorer. */
  async openFile(name) {
    const item = this.page.getByRole("treeitem", { name }).first();
    if (!(await item.isVisible())) await this.run("View: Show Explorer");
    await item.dblclick();
  }

  /** Runs a command of an explorer item's context menu. A menu just opened ignores the mouse for a moment, so that the click that opened it chooses nothing. */
  async runFromMenu(name, title) {
    await this.page.getByRole("treeitem", { name }).first().click({ button: "right" });
    const entry = this.page.getByRole("menuitem", { name: title });
    for (let tries = 0; tries < 5 && (tries === 0 || (await entry.isVisible())); tries++) {
      await this.page.waitForTimeout(300);
      await entry.click();
      await entry.waitFor({ state: "hidden", timeout: 2000 }).catch(() => {});
    }
  }

  hideSideBar() {
    return this.run("View: Close Primary Side Bar");
  }

  /** Opens a file from the explorer in the inspector and waits for the view. A file opened before the extension is registered comes up as text: once more. */
  async openInspector(name) {
    const view = this.page.locator("iframe.webview.ready").first();
    const asText = this.page.locator(".editor-instance .monaco-editor .view-line").first();
    for (let tries = 0; tries < 5; tries++) {
      await this.openFile(name);
      await view
        .or(asText)
        .first()
        .waitFor({ timeout: 20_000 })
        .catch(() => {});
      if (await view.isVisible()) return this.view();
      await this.run("View: Close Editor");
    }
    throw new Error(`${name} never opened in the inspector`);
  }

  /**
   * Reloads the window by its command, which writes the window's state first; a reload of the page may lose what was not yet written. Waits for the view.
   * What the page that goes away says of connections cut off is no problem of the extension.
   */
  async reload() {
    const before = this.problems.length;
    const loaded = this.page.waitForEvent("load", { timeout: 60_000 });
    await this.run("Developer: Reload Window");
    await loaded;
    this.problems.splice(before);
    await this.page.locator("iframe.webview.ready").first().waitFor({ timeout: 120_000 });
  }

  /** The webview's document. */
  view(nth = 0) {
    return this.page.locator("iframe.webview.ready").nth(nth).contentFrame().locator("iframe#active-frame").contentFrame();
  }

  /** Texts of the notification centre: the test driver hides toasts. */
  async notifications() {
    await this.run("Notifications: Show Notifications");
    const texts = await this.page.locator(".notifications-center .notification-list-item-message").allTextContents();
    await this.page.keyboard.press("Escape");
    return texts;
  }

  screenshot(path) {
    return this.page.screenshot({ path });
  }

  async close() {
    await this.browser.close();
    await this.server.close();
  }
}
