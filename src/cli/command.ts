/** A subcommand of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Full help. */
  readonly help: string;
  /** Runs with the arguments after the command's name. Resolves to the exit code: 0 done, 1 a problem in the data, 2 wrong usage. */
  run(args: readonly string[]): Promise<number>;
}

/** Exit codes. */
export const exit = { done: 0, data: 1, usage: 2 } as const;
