/** Byte offsets of steps in the field that holds them, for the raw view's margin. */
import type { Trace } from "../../src/core/trace";

/** UTF-8 bytes of a stretch of text, without encoding it. A lone surrogate counts as three, as its replacement does. */
export function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if ((unit & 0xfc00) === 0xd800 && at + 1 < end && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) {
      bytes += 4;
      at += 1;
    } else bytes += 3;
  }
  return bytes;
}

/**
 * For each offset (ascending, code units of the trace's text) the byte offset in its own field's string. Text before the thinking in the same
 * field counts; where a part starts further into another field, its own code units before it count as one byte each.
 */
export function byteOffsets(trace: Trace, offsets: readonly number[]): number[] {
  const result: number[] = [];
  const before = trace.preamble.length + trace.opening.length;
  const beforeBytes = utf8Length(trace.preamble, 0, trace.preamble.length) + utf8Length(trace.opening, 0, trace.opening.length);
  let part = 0;
  let from = 0;
  let bytes = 0;
  for (const offset of offsets) {
    while (part + 1 < trace.parts.length && (trace.parts[part + 1]?.start ?? Number.POSITIVE_INFINITY) <= offset) {
      part += 1;
      from = trace.parts[part]?.start ?? from;
      bytes = 0;
    }
    bytes += utf8Length(trace.text, from, offset);
    from = offset;
    const fieldStart = trace.parts[part]?.fieldStart ?? 0;
    result.push(bytes + (fieldStart === before ? beforeBytes : fieldStart));
  }
  return result;
}
