import { describe, expect, it } from "vitest";
import type { Dismissal, Mark } from "../../src/core/annotate/marks";
import { formatSidecar } from "../../src/core/annotate/sidecar";
import { type AnnotationPlace, Annotations, type SidecarStore } from "../../src/editor/annotations";

const uri = "file:///traces.jsonl";
const entry: Dismissal = { id: "a", rollout: 0, rule: "repeat", level: "step", start: 3, end: 9, hash: "00" };
const other: Dismissal = { ...entry, start: 20, end: 30 };

function fakeStore(choice: AnnotationPlace | undefined, files: Record<string, string> = {}) {
  const asked: string[] = [];
  const store: SidecarStore = {
    name: (_, place) => `${place}.rti.json`,
    read: async (_, place) => files[place],
    write: async (_, place, text) => {
      files[place] = text;
    },
    choose: async (file) => {
      asked.push(file);
      return choice;
    },
  };
  return { store, files, asked };
}

describe("the reader's marks", () => {
  it("write nothing when the user does not say where", async () => {
    const { store, files } = fakeStore(undefined);
    const heard: (readonly Mark[])[] = [];
    const annotations = new Annotations(store, (_, entries) => heard.push(entries));
    await expect(annotations.change(uri, [entry], [])).resolves.toBe(false);
    expect(files).toEqual({});
    expect(heard).toEqual([]);
    await expect(annotations.undo(uri)).resolves.toBe(false);
  });

  it("are written where the user said, told to the views and undone one by one", async () => {
    const { store, files } = fakeStore("besideFile");
    const heard: (readonly Mark[])[] = [];
    const annotations = new Annotations(store, (_, entries) => heard.push(entries));
    await Promise.all([annotations.change(uri, [entry], []), annotations.change(uri, [other], [])]);
    expect(files).toEqual({ besideFile: formatSidecar([entry, other]) });
    expect(heard.at(-1)).toEqual([entry, other]);
    await expect(annotations.undo(uri)).resolves.toBe(true);
    await expect(annotations.entries(uri)).resolves.toEqual([entry]);
    await annotations.undo(uri);
    await expect(annotations.undo(uri)).resolves.toBe(false);
    expect(files.besideFile).toBe(formatSidecar([]));
  });

  it("come from both places, and are taken out where they stand without asking", async () => {
    const { store, files, asked } = fakeStore("workspace", {
      besideFile: formatSidecar([entry]),
      workspace: formatSidecar([entry, other]),
    });
    const annotations = new Annotations(store, () => undefined);
    await expect(annotations.entries(uri)).resolves.toEqual([entry, other]);
    await annotations.change(uri, [], [entry]);
    expect(files).toEqual({ besideFile: formatSidecar([]), workspace: formatSidecar([other]) });
    expect(asked).toEqual([]);
  });

  it("never overwrite a sidecar that was not understood", async () => {
    const { store, files } = fakeStore("besideFile", { besideFile: "<<<<<<< HEAD" });
    const annotations = new Annotations(store, () => undefined);
    await expect(annotations.entries(uri)).rejects.toThrow("besideFile.rti.json was not understood");
    await expect(annotations.change(uri, [entry], [])).rejects.toThrow("left as it is");
    expect(files.besideFile).toBe("<<<<<<< HEAD");
    files.besideFile = formatSidecar([other]);
    await expect(annotations.entries(uri)).resolves.toEqual([other]);
  });

  it("are read again when the sidecar changes on disk", async () => {
    const { store, files } = fakeStore("besideFile");
    const heard: (readonly Mark[])[] = [];
    const annotations = new Annotations(store, (_, entries) => heard.push(entries));
    await annotations.reload(uri);
    expect(heard).toEqual([]);
    await annotations.entries(uri);
    files.besideFile = formatSidecar([entry]);
    await annotations.reload(uri);
    expect(heard).toEqual([[entry]]);
  });
});
