// Packs a small extension for a test or a benchmark, so that nothing of it need stand in ours.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./process.mjs";

export const vsce = join(root, "node_modules/@vscode/vsce/vsce");

/** Packs an extension of one script into `folder`; gives the package's path. */
export function packExtension(folder, manifest, script) {
  const home = join(folder, `.${manifest.name}`);
  mkdirSync(home);
  const complete = { publisher: "bench", version: "1.0.0", engines: { vscode: "^1.100.0" }, main: "./main.js", ...manifest };
  writeFileSync(join(home, "package.json"), JSON.stringify(complete));
  writeFileSync(join(home, "main.js"), script);
  const target = join(home, `${manifest.name}.vsix`);
  const done = spawnSync(
    process.execPath,
    [vsce, "package", "--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", target],
    { cwd: home, encoding: "utf8" },
  );
  if (done.status !== 0) throw new Error(`${manifest.name} could not be packed: ${done.stderr}`);
  return target;
}
