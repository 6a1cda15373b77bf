/** A 64-bit hash of a text as two 32-bit halves (two FNV-1a runs over its code units with different bases). The empty text gives 0 and 0. */
export function hashText(text: string): { readonly low: number; readonly high: number } {
  if (text === "") return { low: 0, high: 0 };
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (low >>> 15), 0x85ebca6b);
  }
  return { low: low >>> 0, high: (high >>> 0) | 1 };
}
