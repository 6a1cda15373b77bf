// Puts data that takes long to compute into the bundles: a module listed here is run while they are built, and what its function gives stands in its place.
import * as esbuild from "esbuild";

const modules = [{ filter: /[\\/]segment[\\/]cueAutomata\.ts$/, name: "cueAutomata" }];

async function run(path) {
  const { outputFiles, metafile } = await esbuild.build({ entryPoints: [path], bundle: true, write: false, metafile: true, format: "esm" });
  const exported = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  return { exported, watchFiles: Object.keys(metafile.inputs) };
}

export const computed = {
  name: "computed",
  setup(build) {
    for (const { filter, name } of modules)
      build.onLoad({ filter }, async ({ path }) => {
        const { exported, watchFiles } = await run(path);
        return { contents: `export const ${name} = () => (${JSON.stringify(exported[name]())});`, loader: "js", watchFiles };
      });
  },
};
