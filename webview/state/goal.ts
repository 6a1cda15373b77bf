/** Where the reading column should go next. `serial` grows with every wish, so that the same place can be asked for twice. */
export interface Goal {
  readonly serial: number;
  readonly step?: number;
  readonly unit?: number;
  /** An offset in the text, for a match or a token. */
  readonly offset?: number;
  /** A field row outside the text. */
  readonly field?: string;
  /** A row by its key, scrolled `by` pixels past its top: the place to return to. */
  readonly row?: { readonly row: string; readonly by: number };
  readonly align: "nearest" | "start";
}
