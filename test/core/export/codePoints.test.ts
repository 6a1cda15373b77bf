import fc from "fast-check";
import { expect, it } from "vitest";
import { codePointOffsets } from "../../../src/core/export/codePoints";

it("counts code points before an offset, as slicing a list of code points does", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "é", "数", "😀", "𝑥")), (characters) => {
      const text = characters.join("");
      const offsets = codePointOffsets(text);
      let at = 0;
      characters.forEach((character, index) => {
        expect(offsets(at)).toBe(index);
        at += character.length;
      });
      expect(offsets(text.length)).toBe(characters.length);
    }),
  );
});

it("leaves offsets alone where nothing is outside the basic plane", () => expect(codePointOffsets("plain 数")(4)).toBe(4));
