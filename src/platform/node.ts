/** Files and workers where Node is: desktop VS Code, remote hosts, the command line, tests. */
export type { EngineClient } from "./client";
export { openFile } from "./openFile";
export { pause } from "./pause";
export { startWorker } from "./startWorker";
