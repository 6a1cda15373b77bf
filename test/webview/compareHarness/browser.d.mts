import type { Page } from "playwright-core";

/** A browser with the harness page. */
export interface Harness {
  open(
    given: { readonly files: readonly { readonly name: string; readonly records: readonly object[] }[]; readonly state?: object },
    options: { readonly theme: string; readonly width: number; readonly height: number },
  ): Promise<{ readonly page: Page; readonly problems: string[] }>;
  close(): Promise<void>;
}

export function startHarness(executablePath: string): Promise<Harness>;

/** Chromium on this machine (`CHROMIUM`, else the usual place); undefined when there is none. */
export const chromiumPath: string | undefined;

/** Source of axe-core, to be run in the page. */
export function axeSource(): string;
