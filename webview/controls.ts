/** The one module that knows which library the stock controls come from: tags `vscode-button`, `vscode-text-field` and `vscode-progress-ring`. */
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing, vsCodeTextField } from "@vscode/webview-ui-toolkit";

/** Registers the controls. Call once, before the first render. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeTextField(), vsCodeProgressRing());
}
