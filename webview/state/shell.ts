import type { HostRequests, ViewState } from "../../src/protocol/host";

/** What the parts of the model need of the whole. */
export interface Shell {
  readonly host: HostRequests;
  readonly state: ViewState;
  /** Changes the state, remembers it and tells the host. */
  patch(change: Partial<ViewState>): void;
  /** Redraws what shows the model. */
  changed(): void;
  /** Tells the reader of a failure. */
  report(error: unknown): Promise<void>;
}
