/**
 * Addresses of links by the browser's own `URL`, which also spells foreign host names in ASCII: markdown-it brings two libraries for that. A host name
 * is never given apart, so that markdown-it leaves its spelling to `format`.
 */

/** An address as it was written. */
export interface Address {
  readonly written: string;
}

/** Keeps an address for `format`. Never throws. */
export const parse = (written: string): Address => ({ written });

/** The address as the browser would ask for it; as written where it is none. */
export const format = ({ written }: Address): string => (URL.canParse(written) ? new URL(written).href : written);

/** `format` has encoded what needs it. */
export const encode = (address: string): string => address;

/** Addresses are shown as they are. */
export const decode = (address: string): string => address;

/** Spelling of host names, which `format` sees to. */
export default { toASCII: encode, toUnicode: decode };
