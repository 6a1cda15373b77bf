import type { Transform } from "node:stream";
import type { Unpacker } from "../core/container/unpacker";

/** What a packed file that was cut off is refused with. */
export const truncated = (): Error => Object.assign(new Error("unexpected end of data"), { code: "truncated" });

/**
 * A transform of zlib, fed piece by piece so that all that can be unpacked comes out before an error does. All that the bytes given so far unpack to was taken when
 * a push resolves.
 */
export function zlibUnpacker(stream: Transform, take: (bytes: Uint8Array) => void): Unpacker {
  let failure: Error | undefined;
  let over = false;
  const ended = new Promise<void>((resolve) => {
    for (const event of ["end", "close"])
      stream.on(event, () => {
        over = true;
        resolve();
      });
  });
  stream.on("data", take);
  stream.on("error", (error) => {
    failure ??= error;
  });
  const check = (): void => {
    if (!failure) return;
    const code: unknown = Reflect.get(failure, "code");
    throw code === "Z_BUF_ERROR" || code === "ZSTD_error_srcSize_wrong" ? truncated() : failure;
  };
  return {
    push: async (bytes) => {
      check();
      // What follows the last member is no gzip: zlib ends then, and never answers the write.
      if (over) return;
      await Promise.race([ended, new Promise((resolve) => stream.write(bytes, resolve))]);
      while (stream.readableLength > 0 && !over) await new Promise(setImmediate);
      check();
    },
    end: async () => {
      check();
      if (!over) stream.end();
      await ended;
      check();
    },
    close: () => stream.destroy(),
  };
}
