/** Files and workers where Node is: desktop VS Code, remote hosts, the command line, tests. */
export type { EngineClient } from "./client";
export { openFile, pause } from "./openFile";
export { startWorker } from "./startWorker";
