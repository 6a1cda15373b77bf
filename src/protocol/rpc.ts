/**
 * Typed calls over any port that carries plain data: host and worker, host and webview.
 *
 * Every request ends in a value or an {@link RpcError}: also on an unknown method, an argument that cannot be sent, disposal and the other side's
 * end. Errors cross as `{code, message}`, since a webview's port drops the fields of Error objects.
 */
import type { Failure } from "../core/result";

/** One end of a message port. `listen` gives a function that stops listening. */
export interface Port {
  send(message: unknown): void;
  listen(handler: (message: unknown) => void): () => void;
}

/** A request that failed. `code` is stable: "aborted", "disposed", "unknown-method", "internal", or the other side's own. */
export class RpcError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "RpcError";
    this.code = code;
  }
}

/** The failure behind anything thrown: keeps `code` where there is one, else "internal". */
export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { code: "internal", message: String(thrown) };
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : "internal";
  return { code, message: thrown.message };
}

/** An interface whose methods are all asynchronous. */
export type Requests<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => Promise<infer R> ? (...args: A) => Promise<R> : never;
};

/** An interface whose methods give nothing back: sent and forgotten. */
export type Events<T> = { readonly [K in keyof T]: T[K] extends (...args: infer A) => void ? (...args: A) => void : never };

/** What this side offers. `requests` may be made per call, to hand a request its abort signal. */
export interface Local<LocalRequests, LocalEvents> {
  readonly requests: LocalRequests | ((signal: AbortSignal) => LocalRequests);
  readonly events?: LocalEvents;
  /** Waited for before a request starts, so that an abort sent right after it still finds it unstarted. */
  readonly beforeRequest?: () => Promise<void>;
}

/** A connection to the other side. */
export interface Connection<RemoteRequests, RemoteEvents> {
  /** Calls the other side. */
  readonly requests: RemoteRequests;
  /** Tells the other side something; never fails, even after disposal. */
  readonly events: RemoteEvents;
  /** The same requests, rejected with code "aborted" once `signal` aborts; the other side drops those it has not started. */
  withSignal(signal: AbortSignal): RemoteRequests;
  /** Rejects all requests under way, and all later ones, with this failure. Code "disposed" unless told. */
  dispose(failure?: Failure): void;
}

type Message =
  | { readonly rpc: "call"; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly rpc: "event"; readonly method: string; readonly args: readonly unknown[] }
  | { readonly rpc: "abort"; readonly id: number }
  | { readonly rpc: "value"; readonly id: number; readonly value: unknown }
  | { readonly rpc: "error"; readonly id: number; readonly error: Failure };

interface Pending {
  resolve(value: unknown): void;
  reject(error: RpcError): void;
}

/** Connects one end of a port. Types of the two sides are given once, here; messages that are not ours are ignored. */
export function connect<
  RemoteRequests extends object,
  RemoteEvents extends object,
  LocalRequests extends object,
  LocalEvents extends object,
>(port: Port, local: Local<LocalRequests, LocalEvents>): Connection<Requests<RemoteRequests>, Events<RemoteEvents>> {
  const pending = new Map<number, Pending>();
  const serving = new Map<number, AbortController>();
  let closed: Failure | undefined;
  let lastId = 0;

  const call = (method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new RpcError(closed.code, closed.message));
      if (signal?.aborted) return reject(aborted(method));
      const id = ++lastId;
      const onAbort = () => {
        pending.get(id)?.reject(aborted(method));
        trySend({ rpc: "abort", id });
      };
      const settle = () => {
        pending.delete(id);
        signal?.removeEventListener("abort", onAbort);
      };
      pending.set(id, {
        resolve: (value) => {
          settle();
          resolve(value);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      signal?.addEventListener("abort", onAbort);
      const problem = trySend({ rpc: "call", id, method, args });
      if (problem) pending.get(id)?.reject(new RpcError("not-sendable", `${method}: ${problem}`));
    });

  /** Gives the reason when the message could not be sent. */
  const trySend = (message: Message): string | undefined => {
    try {
      port.send(message);
      return undefined;
    } catch (thrown) {
      return failureOf(thrown).message;
    }
  };

  const serve = async (message: Extract<Message, { rpc: "call" }>): Promise<void> => {
    const { id, method } = message;
    const controller = new AbortController();
    serving.set(id, controller);
    try {
      await local.beforeRequest?.();
      if (controller.signal.aborted) throw aborted(method);
      const target = typeof local.requests === "function" ? local.requests(controller.signal) : local.requests;
      const handler = methodOf(target, method);
      if (!handler) throw new RpcError("unknown-method", `There is no request "${method}"`);
      const value: unknown = await handler.apply(target, [...message.args]);
      const problem = trySend({ rpc: "value", id, value });
      if (problem) throw new RpcError("not-sendable", `${method}: ${problem}`);
    } catch (thrown) {
      trySend({ rpc: "error", id, error: failureOf(thrown) });
    } finally {
      serving.delete(id);
    }
  };

  const receive = (raw: unknown): void => {
    const message = readMessage(raw);
    if (!message || closed) return;
    if (message.rpc === "call") void serve(message);
    else if (message.rpc === "abort") serving.get(message.id)?.abort();
    else if (message.rpc === "value") pending.get(message.id)?.resolve(message.value);
    else if (message.rpc === "error") pending.get(message.id)?.reject(new RpcError(message.error.code, message.error.message));
    else if (local.events) methodOf(local.events, message.method)?.apply(local.events, [...message.args]);
  };

  const stop = port.listen(receive);
  return {
    requests: proxy<Requests<RemoteRequests>>((method, args) => call(method, args)),
    events: proxy<Events<RemoteEvents>>((method, args) => {
      if (!closed) trySend({ rpc: "event", method, args });
    }),
    withSignal: (signal) => proxy<Requests<RemoteRequests>>((method, args) => call(method, args, signal)),
    dispose: (failure = { code: "disposed", message: "The connection was closed" }) => {
      if (closed) return;
      closed = failure;
      stop();
      for (const controller of serving.values()) controller.abort();
      for (const request of [...pending.values()]) request.reject(new RpcError(failure.code, failure.message));
    },
  };
}

const aborted = (method: string): RpcError => new RpcError("aborted", `${method} was aborted`);

/** Methods of the object or its class, never those every object has. */
function methodOf(target: object, method: string): ((...args: unknown[]) => unknown) | undefined {
  if (method in Object.prototype) return undefined;
  const found: unknown = Reflect.get(target, method);
  return typeof found === "function" ? (...args) => Reflect.apply(found, target, args) : undefined;
}

/** An object whose every method goes to `send`. `then` is absent, so that the object may be returned from an async function. */
function proxy<T extends object>(send: (method: string, args: readonly unknown[]) => unknown): T {
  return new Proxy(Object.create(null), {
    get: (_, method) => (typeof method === "string" && isMethodName(method) ? (...args: unknown[]) => send(method, args) : undefined),
  });
}

/** Libraries look for marks on any object they are handed: `then` tells a promise, names with "_" or "$" are their own. */
const isMethodName = (name: string): boolean => name !== "then" && /^[a-z]/.test(name);

function readMessage(raw: unknown): Message | undefined {
  if (typeof raw !== "object" || raw === null || !("rpc" in raw)) return undefined;
  const id = "id" in raw && typeof raw.id === "number" ? raw.id : undefined;
  if (raw.rpc === "call" || raw.rpc === "event") {
    if (!("method" in raw) || typeof raw.method !== "string" || !("args" in raw) || !Array.isArray(raw.args)) return undefined;
    if (raw.rpc === "event") return { rpc: "event", method: raw.method, args: raw.args };
    return id === undefined ? undefined : { rpc: "call", id, method: raw.method, args: raw.args };
  }
  if (id === undefined) return undefined;
  if (raw.rpc === "abort") return { rpc: "abort", id };
  if (raw.rpc === "value") return { rpc: "value", id, value: "value" in raw ? raw.value : undefined };
  if (raw.rpc === "error" && "error" in raw) return { rpc: "error", id, error: readFailure(raw.error) };
  return undefined;
}

function readFailure(raw: unknown): Failure {
  if (typeof raw !== "object" || raw === null) return { code: "internal", message: String(raw) };
  const code = "code" in raw && typeof raw.code === "string" ? raw.code : "internal";
  return { code, message: "message" in raw ? String(raw.message) : code };
}
