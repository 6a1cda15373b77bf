import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Uri } from "vscode";
import { Session } from "../../src/editor/session";

/** The file as VS Code's file system would show it: bytes, or that there is none. */
const disk = vi.hoisted(() => ({ size: 10 as number | undefined, mtime: 1, looks: 0 }));

// A file system without watchers: only looking tells.
vi.mock("vscode", () => {
  class FileSystemError extends Error {
    code = "FileNotFound";
  }
  const silent = { onDidChange: () => silent, onDidCreate: () => silent, onDidDelete: () => silent, dispose: () => undefined };
  return {
    FileSystemError,
    FileType: { File: 1, Directory: 2 },
    RelativePattern: class {},
    Disposable: { from: () => silent },
    Uri: { joinPath: () => undefined },
    workspace: {
      createFileSystemWatcher: () => silent,
      fs: {
        stat: async () => {
          disk.looks += 1;
          if (disk.size === undefined) throw new FileSystemError();
          return { size: disk.size, mtime: disk.mtime, type: 1 };
        },
      },
    },
  };
});

const { watchFile } = await import("../../src/editor/fileWatch");

/** A session whose engine only counts how often it was asked and started. */
function counted() {
  const counts = { started: 0, asked: 0 };
  const engine = new Proxy({}, { get: () => async () => counts.asked++ });
  const session = new Session("file:///a.jsonl", "/a.jsonl", () => {
    counts.started += 1;
    return { engine: engine as never, withSignal: () => engine as never, dispose: () => undefined };
  });
  const problems: (string | undefined)[] = [];
  session.listen({ progress: () => undefined, analysed: () => undefined, problem: (message) => problems.push(message) });
  return { counts, session, problems };
}

describe("watching a file where no watcher tells", () => {
  const uri = { path: "/a.jsonl" } as Uri;
  const later = () => vi.advanceTimersByTimeAsync(2_100);
  beforeEach(() => {
    vi.useFakeTimers();
    Object.assign(disk, { size: 10, mtime: 1, looks: 0 });
  });
  afterEach(() => void vi.useRealTimers());

  it("a file on screen: growth is read on, deletion and return are told", async () => {
    const { counts, session, problems } = counted();
    const stop = watchFile(uri, session, () => true);
    await later();
    expect(counts).toEqual({ started: 1, asked: 0 });
    Object.assign(disk, { size: 12, mtime: 2 });
    await later();
    expect(counts).toEqual({ started: 1, asked: 1 });
    disk.size = undefined;
    await later();
    expect(problems).toEqual([expect.stringContaining("a.jsonl was deleted")]);
    disk.size = 12;
    await later();
    expect(counts.started).toBe(2);
    stop();
  });

  it("a file that is not on screen, or closed, is left alone", async () => {
    const { session } = counted();
    const stop = watchFile(uri, session, () => false);
    await later();
    expect(disk.looks).toBe(1);
    stop();
    const again = watchFile(uri, session, () => true);
    again();
    await later();
    expect(disk.looks).toBe(2);
  });
});
