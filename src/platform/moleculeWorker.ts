/** Draws molecules in a worker of Node: a structure that takes for ever stops nothing else. */
import { Worker } from "node:worker_threads";
import type { Drawing } from "../protocol/drawing";

/** Longest time a drawing may take, in milliseconds. */
const longestMs = 5000;

/** The structure of a SMILES string. `script`: the bundled worker, `molecule.js`. Never rejects. */
export function drawMolecule(script: string, smiles: string): Promise<Drawing> {
  return new Promise((resolve) => {
    const worker = new Worker(script, { workerData: smiles });
    const finish = (drawing: Drawing): void => {
      clearTimeout(timer);
      resolve(drawing);
      void worker.terminate();
    };
    const timer = setTimeout(() => finish({ reason: `it takes longer than ${longestMs / 1000} seconds` }), longestMs);
    worker.once("message", (drawing: Drawing) => finish(drawing));
    worker.once("error", (error) => finish({ reason: error.message }));
  });
}
