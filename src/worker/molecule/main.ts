/** Entry of a worker that draws one molecule and ends. */
import { parentPort, workerData } from "node:worker_threads";
import { drawMolecule } from "./drawMolecule";

const smiles: unknown = workerData;
parentPort?.postMessage(drawMolecule(typeof smiles === "string" ? smiles : ""));
