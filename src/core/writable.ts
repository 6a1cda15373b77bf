/**
 * A type whose fields may be set while a value of it is made: a field that only some values have is then added to one literal. Spreading an optional
 * part into a literal costs microseconds each time, which tells where a trace has hundreds of such values.
 */
export type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
