/** The command line: the same engine without an editor. JSON on standard output, messages on standard error. */
import { version } from "../../package.json";
import { analyzeCommand } from "./analyze";
import type { Command } from "./command";
import { exit } from "./command";
import { diffCommand } from "./diff";
import { equalCommand } from "./equal";
import { infoCommand } from "./info";
import { runAsJob } from "./jobs";
import { say } from "./output";

const commands: readonly Command[] = [infoCommand, analyzeCommand, diffCommand, equalCommand];

const help = `trace-inspector: reasoning traces taken apart

Usage: trace-inspector COMMAND [OPTIONS]

${commands.map((command) => `  ${command.name.padEnd(10)}${command.summary}`).join("\n")}

trace-inspector COMMAND --help says more; trace-inspector --version gives the version. Exit status: 0 done, 1 a problem in the data, 2 wrong usage.`;

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    (name === undefined ? say : print)(help);
    return name === undefined ? exit.usage : exit.done;
  }
  if (name === "--version") {
    print(version);
    return exit.done;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    say(`trace-inspector: there is no command "${name}"; trace-inspector --help lists them`);
    return exit.usage;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    print(command.help);
    return exit.done;
  }
  return command.run(rest);
}

const print = (text: string): void => console.log(text);

if (!runAsJob())
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      say(`trace-inspector: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = exit.data;
    },
  );
