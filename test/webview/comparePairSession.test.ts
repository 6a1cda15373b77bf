import { expect, it } from "vitest";
import type { FileInfo, PairPage } from "../../src/protocol/engine";
import type { HostRequests, ViewState } from "../../src/protocol/host";
import { PairSession } from "../../webview/compare/pairSession";
import { initialState } from "../../webview/state/viewState";
import { fileInfo } from "./compareFixture";

const info = (models: readonly string[]): FileInfo => fileInfo(models, 2);

const page: PairPage = {
  pairs: [],
  total: 0,
  matching: 0,
  key: "id",
  unpairedTeacher: 0,
  unpairedStudent: 0,
  alone: { teacher: [], student: [] },
  fields: [],
  joined: true,
  complete: true,
  aligned: 0,
};

const state: ViewState = { ...initialState, view: "compare" };

const host = (first: Promise<FileInfo>): HostRequests =>
  new Proxy({} as HostRequests, { get: (_, name) => (name === "info" ? () => first : async () => page) });

it("what is told of the file while it is asked for is newer than the answer", async () => {
  let answer: (info: FileInfo) => void = () => undefined;
  const asked = new Promise<FileInfo>((resolve) => {
    answer = resolve;
  });
  const nothing = () => undefined;
  const session = new PairSession(host(asked), state, { changed: nothing, shown: nothing, patch: nothing, counted: nothing });
  const started = session.start();
  session.progress(info(["teacher", "student"]));
  answer(info([]));
  await started;
  expect(session.info?.models).toHaveLength(2);
  expect(session.sides).toMatchObject({ teacher: { model: "teacher" }, student: { model: "student" } });
  session.dispose();
});
