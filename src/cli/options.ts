import { type ParseArgsConfig, parseArgs } from "node:util";
import { fail, ok, type Result } from "../core/result";

/** The options of a command as `node:util` describes them. */
export type OptionTable = NonNullable<ParseArgsConfig["options"]>;

/** Options and positional arguments as given. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** The last value given for a string option. */
  text(name: string): string | undefined;
  flag(name: string): boolean;
}

/** Reads arguments; an unknown option or a missing value is a failure that names it. "-" is a positional argument. */
export function readArguments(args: readonly string[], options: OptionTable): Result<Arguments> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return ok({
      positionals,
      text: (name) => {
        const value = values[name];
        return typeof value === "string" ? value : undefined;
      },
      flag: (name) => values[name] === true,
    });
  } catch (error) {
    return fail("usage", error instanceof Error ? error.message : String(error));
  }
}

/** A whole number of at least `least`, or a failure that names the option. */
export function readCount(name: string, value: string, least: number): Result<number> {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least) return ok(number);
  return fail("usage", `--${name} takes a whole number of at least ${least}, not "${value}"`);
}
