import type { Notice } from "../trace";

/** Decoded bytes. */
export interface DecodedText {
  readonly text: string;
  readonly notices: readonly Notice[];
}

const lenientDecoder = new TextDecoder("utf-8", { ignoreBOM: true });
const strictDecoder = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });
const invalidNotice: Notice = { kind: "encoding", message: "Some bytes are not UTF-8; each is shown as U+FFFD (�)" };

/** Decodes UTF-8. Bytes that are none become U+FFFD with a notice. */
export function decodeUtf8(bytes: Uint8Array): DecodedText {
  const text = lenientDecoder.decode(bytes);
  return { text, notices: text.includes("\ufffd") && !isUtf8(bytes) ? [invalidNotice] : [] };
}

/** A text may hold U+FFFD rightly, so only such a text is decoded twice to tell. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictDecoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The first `maxBytes` of the bytes as text; a character that is cut at the end is left out. */
export function decodeStart(bytes: Uint8Array, maxBytes: number): DecodedText & { readonly truncated: boolean } {
  if (bytes.length <= maxBytes) return { ...decodeUtf8(bytes), truncated: false };
  return { ...decodeUtf8(wholeCharacters(bytes.subarray(0, maxBytes))), truncated: true };
}

/** The bytes without a character that was cut at the end. */
export function wholeCharacters(bytes: Uint8Array): Uint8Array {
  let at = bytes.length;
  while (at > 0 && bytes.length - at < 4 && (bytes[at - 1]! & 0xc0) === 0x80) at -= 1;
  return at > 0 && bytes[at - 1]! >= 0xc0 ? bytes.subarray(0, at - 1) : bytes;
}
