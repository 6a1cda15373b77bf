// `npm run test:desktop`: the tests of test/e2e/host on desktop VS Code, downloaded by @vscode/test-electron; `VSCODE_PATH` names one that is there.
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { build, installPackages, root } from "./process.mjs";

await installPackages();
await build();
try {
  const code = await runTests({
    ...(process.env.VSCODE_PATH ? { vscodeExecutablePath: process.env.VSCODE_PATH } : {}),
    extensionDevelopmentPath: root,
    extensionTestsPath: join(root, "test/e2e/host/index.cjs"),
    launchArgs: [join(root, "media/samples"), "--disable-extensions", "--disable-workspace-trust"],
  });
  process.exit(code);
} catch (error) {
  console.error(`Desktop VS Code could not run the tests: ${error instanceof Error ? error.message : error}`);
  console.error("Without a download, name an installed one: VSCODE_PATH=/path/to/code npm run test:desktop");
  process.exit(1);
}
