/** Unicode's classes by the engine's own regular expressions: the library that markdown-it brings lists every character. */

/** Punctuation. */
export const P = /\p{P}/u;
/** Symbols. */
export const S = /\p{S}/u;
/** Separators. */
export const Z = /\p{Z}/u;
