/** Stands in for the library that finds bare addresses in a text, which markdown-it loads even where that is switched off, as it is here. */
export default class NoLinkify {
  /** False: no address is looked for. */
  test(): boolean {
    return false;
  }

  /** None found. */
  match(): null {
    return null;
  }
}
