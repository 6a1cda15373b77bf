/** A drawing as plain data: what SVG needs to show lines and letters, and nothing that runs or fetches. */

/** An element of a drawing. */
export interface Shape {
  /** Its SVG name: `line`, `text`, `g` … */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Texts and elements inside, in order. */
  readonly children: readonly (Shape | string)[];
}

/** What a drawing asked for came to: the whole of it, or in plain words why there is none. */
export type Drawing = { readonly drawn: Shape } | { readonly reason: string };

/** A formula: its TeX without delimiters, and whether it stands on a line of its own. */
export interface Formula {
  readonly tex: string;
  readonly display: boolean;
}
