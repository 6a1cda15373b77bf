/** Half of a fingerprint, as MurmurHash3 (A. Appleby, public domain) mixes 32-bit words. */
function murmur(words: Uint32Array, seed: number): number {
  let hash = seed;
  for (let i = 0; i < words.length; i++) {
    const mixed = Math.imul(words[i]!, 0xcc9e2d51);
    hash ^= Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * 16 hexadecimal digits that tell contents and names apart; no protection against someone who wants two to look alike. Node's own hashes would do as well, but loading
 * them takes a worker longer than all else it needs to open a file.
 */
export function fingerprint(content: Uint8Array | string): string {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const words = new Uint32Array(Math.ceil(bytes.length / 4) + 1);
  new Uint8Array(words.buffer).set(bytes);
  words[words.length - 1] = bytes.length;
  return [0, 0x9747b28c].map((seed) => murmur(words, seed).toString(16).padStart(8, "0")).join("");
}
