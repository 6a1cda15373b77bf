import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSmiles, isSmiles } from "../../webview/text/smiles";

const found = (text: string): string[] => findSmiles(text).map(({ start, end }) => text.slice(start, end));

describe("structures of molecules in a text", () => {
  it.each([
    ["The SMILES is CC(=O)Oc1ccccc1C(=O)O.", ["CC(=O)Oc1ccccc1C(=O)O"]],
    ["SMILES: `C[C@@H](N)C(=O)[O-]`, an amino acid", ["C[C@@H](N)C(=O)[O-]"]],
    ["<smiles>CN1C=NC2=C1C(=O)N(C(=O)N2C)C</smiles>", ["CN1C=NC2=C1C(=O)N(C(=O)N2C)C"]],
    ["[START_SMILES]OCC[END_SMILES] and more", ["OCC"]],
    ["```smiles\nCCO\nCl/C=C/Cl\n```", ["CCO", "Cl/C=C/Cl"]],
    ["She smiles at Bob. SMILES notation helps.", []],
    ["The SMILES string describes the ring", []],
    ["CC(=O)O without the word", []],
  ])("%s", (text, expected) => expect(found(text)).toEqual(expected));

  it("takes no word, number or unbalanced string", () => {
    for (const text of ["hello", "42", "C(", "()", "=C", "Benzene", ""]) expect(isSmiles(text)).toBe(false);
  });

  it("gives ascending places inside the text", () => {
    const pieces = fc.array(
      fc.constantFrom("SMILES", ": ", "CCO", "`", "<smiles>", "</smiles>", "```smiles\n", "\n```", "c1ccccc1", " is ", ".", "[C@H]"),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join("");
        let end = 0;
        for (const span of findSmiles(text)) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(isSmiles(text.slice(span.start, span.end))).toBe(true);
          end = span.end;
        }
      }),
    );
  });
});
