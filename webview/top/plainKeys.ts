/** Keys typed into a text field. */

/**
 * Keeps a plain character from the editor's keybindings. VS Code hears keys that bubble out of the webview and learns of the focus a moment after it
 * moved, so a letter typed right then would otherwise run the command bound to it.
 */
export function keepPlainKey(event: KeyboardEvent): void {
  const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain || event.isComposing || event.key === "Backspace" || event.key === "Delete") event.stopPropagation();
}
