/** Entry of the webview: registers the elements, connects to the host and starts. */
import "./main.css";
import { App } from "./app/app";
import { connectHost } from "./host";
import { Model } from "./state/model";

const found = document.querySelector("rti-app");
const app = found instanceof App ? found : new App();
const { host, keeper } = connectHost(app.events());
const model = new Model(host, keeper);
app.model = model;
if (app !== found) document.body.append(app);
void model.start().catch((error: unknown) => {
  model.problem = { message: error instanceof Error ? error.message : String(error), action: "reload" };
  model.ready = true;
  model.changed();
});

void import("./controls").then(({ registerControls }) => registerControls());
