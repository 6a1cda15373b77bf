/** An expected failure as a value. `code` is stable and machine-readable; `message` says what, where and what to do, in one or two sentences. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** Either a value or an expected failure. */
export type Result<T, E = Failure> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A success. */
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

/** An expected failure. */
export const fail = (code: string, message: string): Result<never> => ({ ok: false, error: { code, message } });
