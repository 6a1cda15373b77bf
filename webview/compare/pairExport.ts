/** Takes the open pair, or all pairs, out of the view. */
import type { Aligned } from "./compareRows";
import type { PairExport } from "./pairMenu";
import type { PairSession } from "./pairSession";
import { PortableTexts } from "./portableText";

/** Carries out an entry of the export menu. Rejects with a message for the user. */
export async function exportPair(what: PairExport, session: PairSession, aligned: Aligned | undefined): Promise<void> {
  const { host, pair, loader } = session;
  if (what === "jsonl") {
    if (loader.request) await host.exportPairs(loader.request);
    return;
  }
  if (!pair || !aligned) return;
  if (what === "patch") {
    await host.copy(await host.pairPatch(pair.teacher.ref, pair.student.ref));
    return;
  }
  const texts = new PortableTexts();
  const open = await host.pairPage(pair.teacher.ref, pair.student.ref, session.corrections.pins);
  const page = texts.into(open);
  const markup = await host.mathMl(texts.formulas.map(({ tex, display }) => ({ tex, display })));
  await host.saveFile(`${fileNameOf(pair.teacher.trace.id)}.html`, texts.fill(page, markup));
}

/** An id as a file's name. */
const fileNameOf = (id: string): string => id.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80) || "pair";
