/** The webview's end of the wire to the editor. */

import type { HostRequests, ViewEvents } from "../src/protocol/host";
import { connect, type Port } from "../src/protocol/rpc";
import type { StateKeeper } from "./state/viewState";

/** What VS Code gives a webview. */
interface VsCodeApi extends StateKeeper {
  postMessage(message: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The editor, and the state VS Code keeps for this webview. `events` is asked once the first event arrives. */
export function connectHost(events: ViewEvents): { readonly host: HostRequests; readonly keeper: StateKeeper } {
  const api = acquireVsCodeApi();
  const port: Port = {
    send: (message) => api.postMessage(message),
    listen: (handler) => {
      const listener = (event: MessageEvent<unknown>): void => handler(event.data);
      window.addEventListener("message", listener);
      return () => window.removeEventListener("message", listener);
    },
  };
  const { requests } = connect<HostRequests, object, object, ViewEvents>(port, { requests: {}, events });
  return { host: bindable(requests), keeper: api };
}

/** The requests answer to any name; lit asks every bound object for its own markers and must find none. */
const bindable = (requests: HostRequests): HostRequests =>
  new Proxy(requests, {
    get: (target, name) => (typeof name === "string" && name.startsWith("_$lit") ? undefined : Reflect.get(target, name)),
  });
