/**
 * The one module that knows which library the stock controls come from: tags `vscode-button` and `vscode-progress-ring`. A bundle of its own, loaded after
 * the first render: only messages and empty states need them.
 */
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing } from "@vscode/webview-ui-toolkit";

/** Registers the controls; tags that are already in the page come to life. Call once. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());
}
