import { describe, expect, it, vi } from "vitest";
import { connect, failureOf, type Port, RpcError } from "../../src/protocol/rpc";

interface Calculator {
  add(a: number, b: number): Promise<number>;
  slow(): Promise<string>;
  fail(): Promise<never>;
}
interface News {
  changed(what: string): void;
}

/** Two ends of a port that copies its messages, as a worker's does, and delivers them later. */
function ports(): [Port, Port] {
  const handlers: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [new Set(), new Set()];
  const end = (own: 0 | 1, other: 0 | 1): Port => ({
    send: (message) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        for (const handler of handlers[other]) handler(copy);
      });
    },
    listen: (handler) => {
      handlers[own].add(handler);
      return () => handlers[own].delete(handler);
    },
  });
  return [end(0, 1), end(1, 0)];
}

function both(requests: Partial<Calculator>, news: Partial<News> = {}) {
  const [near, far] = ports();
  const server = connect<object, News, Partial<Calculator>, object>(far, { requests });
  const client = connect<Calculator, object, object, Partial<News>>(near, { requests: {}, events: news });
  return { server, client, near };
}

const codeOf = (promise: Promise<unknown>): Promise<string> => promise.then(String, (error: unknown) => failureOf(error).code);

describe("requests", () => {
  it("end in a value", async () => {
    const { client } = both({ add: async (a, b) => a + b });
    expect(await client.requests.add(2, 3)).toBe(5);
  });

  it("end in an error with its code and message", async () => {
    const { client } = both({ fail: () => Promise.reject(new RpcError("no-view", "View 7 is gone")) });
    await expect(client.requests.fail()).rejects.toMatchObject({ code: "no-view", message: "View 7 is gone" });
  });

  it("end in an error when what is thrown is no Error", async () => {
    const { client } = both({ fail: () => Promise.reject("just words") });
    await expect(client.requests.fail()).rejects.toMatchObject({ code: "internal", message: "just words" });
  });

  it("end in an error on an unknown method, also one that every object has", async () => {
    const { client } = both({});
    expect(await codeOf(client.requests.add(1, 2))).toBe("unknown-method");
    const call: unknown = Reflect.get(client.requests, "toString");
    expect(await codeOf(typeof call === "function" ? call() : Promise.resolve())).toBe("unknown-method");
  });

  it("end in an error when arguments or the value cannot be sent", async () => {
    const { client } = both({ add: async () => Object.assign(() => 0) });
    expect(await codeOf(client.requests.add(1, 2))).toBe("not-sendable");
    const call: unknown = Reflect.get(client.requests, "add");
    expect(await codeOf(typeof call === "function" ? call(() => 0) : Promise.resolve())).toBe("not-sendable");
  });

  it("call methods of a class with its own this", async () => {
    class Counter implements Calculator {
      #sum = 40;
      async add(a: number, b: number): Promise<number> {
        this.#sum += a * b;
        return this.#sum;
      }
      slow = async () => "";
      fail = () => Promise.reject(new Error("no"));
    }
    const { client } = both(new Counter());
    expect(await client.requests.add(1, 2)).toBe(42);
  });
});

describe("disposal", () => {
  it("rejects requests under way and later ones", async () => {
    const { client } = both({ slow: () => new Promise(() => {}) });
    const waiting = client.requests.slow();
    client.dispose();
    expect(await codeOf(waiting)).toBe("disposed");
    expect(await codeOf(client.requests.slow())).toBe("disposed");
  });

  it("gives the reason it was told", async () => {
    const { client } = both({ slow: () => new Promise(() => {}) });
    const waiting = client.requests.slow();
    client.dispose({ code: "worker-exit", message: "The engine ended" });
    expect(await codeOf(waiting)).toBe("worker-exit");
  });
});

describe("abort", () => {
  it("rejects the caller at once and keeps the other side from starting", async () => {
    const add = vi.fn(async (a: number, b: number) => a + b);
    const [near, far] = ports();
    connect<object, object, Partial<Calculator>, object>(far, {
      requests: { add },
      beforeRequest: () => new Promise((resolve) => setImmediate(resolve)),
    });
    const client = connect<Calculator, object, object, object>(near, { requests: {} });
    const controller = new AbortController();
    const stale = client.withSignal(controller.signal).add(1, 1);
    controller.abort();
    expect(await codeOf(stale)).toBe("aborted");
    expect(await client.requests.add(2, 2)).toBe(4);
    expect(add.mock.calls).toEqual([[2, 2]]);
  });

  it("rejects when the signal was aborted before", async () => {
    const { client } = both({ add: async (a, b) => a + b });
    expect(await codeOf(client.withSignal(AbortSignal.abort()).add(1, 2))).toBe("aborted");
  });

  it("hands a request its signal", async () => {
    const [near, far] = ports();
    const slow = (signal: AbortSignal) => () =>
      new Promise<string>((_, reject) => {
        signal.addEventListener("abort", () => reject(new Error("stopped")));
      });
    let stopped = false;
    connect<object, object, Partial<Calculator>, object>(far, {
      requests: (signal) => {
        signal.addEventListener("abort", () => {
          stopped = true;
        });
        return { slow: slow(signal) };
      },
    });
    const client = connect<Calculator, object, object, object>(near, { requests: {} });
    const controller = new AbortController();
    const waiting = client.withSignal(controller.signal).slow();
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await codeOf(waiting)).toBe("aborted");
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(true);
  });
});

describe("events", () => {
  it("reach the other side", async () => {
    const changed = vi.fn();
    const { server } = both({}, { changed });
    server.events.changed("rows");
    await new Promise((resolve) => setImmediate(resolve));
    expect(changed.mock.calls).toEqual([["rows"]]);
  });

  it("never fail: unknown, not sendable, or after disposal", async () => {
    const { server } = both({});
    server.events.changed("rows");
    server.dispose();
    server.events.changed("rows");
    await new Promise((resolve) => setImmediate(resolve));
  });
});

it("ignores messages that are not its own", async () => {
  const { client, near } = both({ add: async (a, b) => a + b });
  for (const message of [
    null,
    7,
    "text",
    {},
    { rpc: "call" },
    { rpc: "value", id: "x" },
    { rpc: "error", id: 99 },
    { rpc: "call", id: 1, method: 4, args: [] },
  ])
    near.send(message);
  expect(await client.requests.add(1, 1)).toBe(2);
});
