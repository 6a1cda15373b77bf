// Builds every bundle: `node esbuild.mjs [--watch] [--only name[,name]] [--production] [--outdir dir]`.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { computed } from "./build/computed.mjs";
import { formulasAsHtml, markdownInUse, svgAlone } from "./build/leftOut.mjs";

const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const only = option("only")?.split(",");
const outdir = option("outdir") ?? "dist";
const watch = process.argv.includes("--watch");
const production = process.argv.includes("--production");

const common = { bundle: true, minify: production, sourcemap: production ? false : "linked", logLevel: "warning", legalComments: "none" };
const node = { ...common, platform: "node", target: "node20", format: "cjs", plugins: [computed] };

/** Bundles beside this one: `import("./late")` becomes a `require`, which finds the file without its ending. */
const onDemand = (...external) => ({ external, supported: { "dynamic-import": false } });

/** One row a bundle. */
const bundles = {
  extension: {
    ...node,
    entryPoints: ["src/extension.ts"],
    outfile: `${outdir}/extension.js`,
    ...onDemand("vscode", "./inspector"),
  },
  inspector: {
    ...node,
    ...onDemand("vscode", "./late", "./mathMl"),
    entryPoints: ["src/inspector.ts"],
    outfile: `${outdir}/inspector.js`,
  },
  late: { ...node, entryPoints: ["src/editor/late.ts"], outfile: `${outdir}/late.js`, external: ["vscode"] },
  mathMl: { ...node, entryPoints: ["src/editor/mathMl.ts"], outfile: `${outdir}/mathMl.js` },
  worker: { ...node, entryPoints: ["src/worker/main.ts"], outfile: `${outdir}/worker.js` },
  engine: { ...node, ...onDemand("./analyst"), entryPoints: ["src/worker/engine.ts"], outfile: `${outdir}/engine.js` },
  analyst: { ...node, entryPoints: ["src/worker/analyst.ts"], outfile: `${outdir}/analyst.js` },
  cli: { ...node, entryPoints: ["src/cli/main.ts"], outfile: `${outdir}/cli.js`, banner: { js: "#!/usr/bin/env node" } },
  webview: {
    ...common,
    platform: "browser",
    target: "es2022",
    format: "esm",
    entryPoints: ["webview/main.ts"],
    outdir: `${outdir}/webview`,
    // What is imported on demand gets a file of its own.
    splitting: true,
    chunkNames: "parts/[name]-[hash]",
    loader: { ".woff2": "file", ".ttf": "file" },
    assetNames: "fonts/[name]",
    plugins: [markdownInUse, formulasAsHtml],
    alias: {
      entities: "./webview/standIns/entities.ts",
      "linkify-it": "./webview/standIns/noLinkify.ts",
      "uc.micro": "./webview/standIns/unicodeClasses.ts",
      mdurl: "./webview/standIns/address.ts",
      "punycode.js": "./webview/standIns/address.ts",
    },
  },
  molecule: {
    ...node,
    entryPoints: ["src/worker/molecule/main.ts"],
    outfile: `${outdir}/molecule.js`,
    inject: ["src/worker/molecule/shapeDocument.ts"],
    plugins: [svgAlone],
  },
};

// Parts are named by their content: those of an earlier build would stay and be packed.
if (!only || only.includes("webview")) rmSync(join(outdir, "webview"), { recursive: true, force: true });
// Node asks the nearest package.json whether a script is a module: this one is read sooner than the extension's own, which is long.
mkdirSync(outdir, { recursive: true });
writeFileSync(join(outdir, "package.json"), '{ "type": "commonjs" }\n');
const chosen = Object.entries(bundles).filter(([name]) => !only || only.includes(name));
for (const [name, options] of chosen) {
  if (!watch) {
    await esbuild.build(options);
    continue;
  }
  const context = await esbuild.context(options);
  await context.watch();
  console.log(`watching ${name}`);
}
