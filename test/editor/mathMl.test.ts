import { expect, it } from "vitest";
import { mathMl } from "../../src/editor/mathMl";

it("gives markup for a formula and none for one that cannot be read", () => {
  const [fraction, broken, line] = mathMl([
    { tex: "\\frac{1}{2}", display: false },
    { tex: "\\frac{1", display: false },
    { tex: "x^2", display: true },
  ]);
  expect(fraction).toContain("<mfrac>");
  expect(broken).toBeUndefined();
  expect(line).toContain('display="block"');
});
