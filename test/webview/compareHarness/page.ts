/** Mounts the Compare view on traces given by the script, with the real import, analysis and alignment, and a host that lives in the page. */
import type { Json } from "../../../src/core/trace";
import type { PairPage, TraceRef } from "../../../src/protocol/engine";
import type { ViewCommand, ViewState } from "../../../src/protocol/host";
import { CompareView } from "../../../webview/compare/compareView";
import { initialState } from "../../../webview/state/viewState";
import "../../../webview/main.css";
import "../../../webview/text/text.css";
import { pageHost } from "./pageHost";

/** What the script gives: files by name, and changes to the first state. */
interface Given {
  readonly files: readonly { readonly name: string; readonly records: readonly Json[] }[];
  readonly state?: Partial<ViewState>;
}

declare global {
  interface Window {
    show(given: Given): Promise<void>;
    command(id: ViewCommand): boolean;
    violations: string[];
    /** What was asked of the editor. */
    asked: string[];
    axe: {
      run(
        selector: string,
      ): Promise<{ readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[] }>;
    };
  }
}

window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.sourceFile} ${event.sample}`),
);

const element = new CompareView();
let state: ViewState = { ...initialState, view: "compare" };

element.addEventListener("rti-state", (event) => {
  if (event instanceof CustomEvent) element.state = state = { ...state, ...event.detail };
});
element.addEventListener("rti-pairs", (event) => {
  if (event instanceof CustomEvent) document.querySelector("#top")?.replaceChildren(countWords(event.detail));
});

window.show = async ({ files, state: change }) => {
  const host = pageHost(files, (info) => element.progress(info));
  window.asked = host.asked;
  element.host = host;
  element.state = state = { ...state, ...change };
  element.settings = { foldRedundantByDefault: false, renderMarkdown: true, textWidth: 80 };
  document.querySelector("#view")?.append(element);
  await element.updateComplete;
};
window.command = (id) => element.handleCommand(id);

function countWords(page: Pick<PairPage, "matching" | "total">): string {
  return `${page.matching} of ${page.total} pairs`;
}

element.addEventListener("rti-open", (event) => {
  if (event instanceof CustomEvent) document.title = `open ${JSON.stringify(event.detail satisfies TraceRef)}`;
});
