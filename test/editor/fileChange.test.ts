import { describe, expect, it } from "vitest";
import { changeOf, type Looked } from "../../src/editor/fileChange";

const file = (size: number, mtime: number, isFolder = false): Looked => ({ size, mtime, isFolder });

describe("what happened to a file between two looks", () => {
  it.each([
    ["the first look", undefined, file(10, 1), false, "none"],
    ["a watcher that tells before the first look", undefined, file(10, 1), true, "replaced"],
    ["nothing", file(10, 1), file(10, 1), false, "none"],
    ["a watcher that tells what was seen before", file(10, 1), file(10, 1), true, "none"],
    ["growth", file(10, 1), file(12, 2), false, "grew"],
    ["the first bytes of an empty file", file(0, 1), file(12, 2), false, "replaced"],
    ["a shorter file", file(10, 1), file(9, 2), false, "replaced"],
    ["other bytes of the same length", file(10, 1), file(10, 2), false, "replaced"],
    ["a change that a file system without times tells", file(10, 0), file(10, 0), true, "replaced"],
    ["no change in a file system without times", file(10, 0), file(10, 0), false, "none"],
    ["an entry of a folder", file(10, 1, true), file(9, 2, true), false, "grew"],
    ["deletion", file(10, 1), "gone", false, "gone"],
    ["a file that was not there at first", undefined, "gone", false, "gone"],
    ["a file that stays away", "gone", "gone", true, "none"],
    ["a file that comes back", "gone", file(10, 1), false, "back"],
  ] as const)("%s", (_, before, now, told, expected) => {
    expect(changeOf(before, now, told)).toBe(expected);
  });
});
