// `npm start [-- FILE]`: installs what is missing, builds, and opens VS Code with the extension on the sample traces or on a file.
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build, installPackages, root, run, which } from "./process.mjs";
import { startServer } from "./vscodeServer.mjs";

const given = process.argv[2];
const file = given ? resolve(process.env.INIT_CWD ?? ".", given) : join(root, "media/samples/samples.jsonl");
if (!existsSync(file)) {
  console.error(`${file} does not exist. Give a .jsonl file: npm start -- path/to/traces.jsonl`);
  process.exit(2);
}

await installPackages();
await build();

const desktop = process.env.RTI_SERVER ? undefined : which("code", "code-insiders", "codium");
if (desktop) {
  console.log(`Opening ${file} in ${desktop}`);
  process.exit(await run(desktop, [`--extensionDevelopmentPath=${root}`, "--new-window", dirname(file), file]));
}

const server = await startServer({ port: Number(process.env.PORT ?? 0) });
console.log(
  `\nNo desktop VS Code was found; its server edition is running. Open\n\n  ${server.address({ folder: dirname(file), dev: root })}\n`,
);
console.log(`in a browser and click ${file.slice(dirname(file).length + 1)} in the explorer. Ctrl+C ends it.`);
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, async () => {
    await server.close();
    process.exit(0);
  });
