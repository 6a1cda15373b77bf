// Small helpers around child processes and the file system that the start and test scripts share. Node's own modules only: they run before `npm ci`.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Runs a command, its output shown; resolves to its exit code. */
export function run(command, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32", ...options });
    child.once("error", (error) => {
      console.error(`${command}: ${error.message}`);
      done(1);
    });
    child.once("exit", (code, signal) => done(code ?? (signal ? 1 : 0)));
  });
}

/** Runs a package's own binary from node_modules. */
export const runBin = (name, args, options) => run(process.execPath, [binOf(name), ...args], options);

const bins = {
  tsc: "typescript/bin/tsc",
  biome: "@biomejs/biome/bin/biome",
  vitest: "vitest/vitest.mjs",
};
const binOf = (name) => join(root, "node_modules", bins[name]);

/** Installs the locked packages when they are not there or older than the lockfile. No package's own scripts are run. */
export async function installPackages() {
  if (existsSync(join(root, "node_modules/.package-lock.json")) && !lockfileIsNewer()) return;
  console.log("Installing packages (npm ci)…");
  const code = await run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
  if (code !== 0) throw new Error("npm ci failed; see above");
}

function lockfileIsNewer() {
  const { status } = spawnSync(npm, ["ls", "--depth=0", "--silent"], { cwd: root, stdio: "ignore", shell: process.platform === "win32" });
  return status !== 0;
}

/** Builds the bundles into dist/. */
export async function build(args = []) {
  const code = await run(process.execPath, ["esbuild.mjs", ...args]);
  if (code !== 0) throw new Error("the build failed; see above");
}

/** Full path of the first of these commands on the PATH, or undefined. */
export function which(...names) {
  const folders = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":");
  const endings = process.platform === "win32" ? [".cmd", ".exe"] : [""];
  for (const name of names)
    for (const folder of folders)
      for (const ending of endings) if (existsSync(join(folder, name + ending))) return join(folder, name + ending);
  return undefined;
}

/** A Chromium or Chrome to drive, or undefined. `CHROMIUM` names another. */
export const findChromium = () => process.env.CHROMIUM ?? which("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
