/**
 * The few globals that every host of the core has (Node, workers, browsers). The core compiles against these and nothing else, so a use of
 * `Buffer`, `document` or `process` fails the build.
 */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array, options?: { stream?: boolean }): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array;
  encodeInto(source: string, destination: Uint8Array): { readonly read: number; readonly written: number };
}
