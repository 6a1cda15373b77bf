/** A request that cannot be answered. `code` is stable: "no-record", "no-rollout", "no-view", "no-file", "not-a-trace", or that of a file that cannot be opened. */
export class SessionError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "SessionError";
    this.code = code;
  }
}
