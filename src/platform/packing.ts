import type { Restart, UnpackerFactory } from "../core/container/unpacker";

/** A way of packing. */
export interface Packing {
  /** For people: "gzip". */
  readonly name: string;
  readonly unpacker: UnpackerFactory;
  /** Takes over, from the file's beginning, when the first meets what it cannot read; the first is asked again unless told. */
  readonly second?: UnpackerFactory;
  readonly restart: Restart;
}
