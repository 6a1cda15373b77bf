/** Entry of the webview: registers the elements, connects to the host and starts. */
import "./main.css";
import type { ViewEvents } from "../src/protocol/host";
import { App } from "./app/app";
import "./compare/compareView";
import { registerControls } from "./controls";
import { connectHost } from "./host";
import { Model } from "./state/model";

registerControls();

let app: App | undefined;
const events: ViewEvents = {
  progress: (info) => app?.events().progress(info),
  analysed: (from, to) => app?.events().analysed(from, to),
  command: (id) => app?.run(id),
  reveal: (ref, unit, step) => app?.events().reveal(ref, unit, step),
  openPair: (pair) => app?.events().openPair(pair),
  settings: (settings) => app?.events().settings(settings),
  engineState: (problem) => app?.events().engineState(problem),
};
const { host, keeper } = connectHost(events);
const model = new Model(host, keeper);
app = new App();
app.model = model;
document.body.append(app);
void model.start().catch((error: unknown) => {
  model.problem = { message: error instanceof Error ? error.message : String(error), action: "reload" };
  model.ready = true;
  model.changed();
});
