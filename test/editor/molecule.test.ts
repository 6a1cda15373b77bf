import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { drawMolecule } from "../../src/platform/moleculeWorker";
import type { Shape } from "../../src/protocol/drawing";

const folder = mkdtempSync(join(tmpdir(), "molecule-"));
const script = join(folder, "molecule.js");

beforeAll(() => void execFileSync(process.execPath, ["esbuild.mjs", "--only", "molecule", "--outdir", folder]));
afterAll(() => rmSync(folder, { recursive: true }));

const everyShape = (shape: Shape): Shape[] => [
  shape,
  ...shape.children.flatMap((child) => (typeof child === "string" ? [] : everyShape(child))),
];

async function shapesOf(smiles: string): Promise<Shape[]> {
  const drawing = await drawMolecule(script, smiles);
  if ("reason" in drawing) throw new Error(drawing.reason);
  return everyShape(drawing.drawn);
}

it("draws bonds as lines and atoms as letters, without style sheets", async () => {
  const shapes = await shapesOf("CC(=O)Oc1ccccc1C(=O)O");
  const letters = shapes.filter(({ name }) => name === "tspan" || name === "text").flatMap(({ children }) => children);
  expect(shapes.filter(({ name }) => name === "line").length).toBeGreaterThan(10);
  expect(letters.filter((letter) => typeof letter === "string" && letter.includes("O")).length).toBeGreaterThan(2);
  expect(shapes.some(({ name }) => name === "style")).toBe(false);
  expect(shapes[0]?.attributes.viewBox).toMatch(/^-?[\d.]+ -?[\d.]+ [\d.]+ [\d.]+$/);
});

it("gives a reason for what is no structure", async () => {
  expect(await drawMolecule(script, "C1CC(")).toHaveProperty("reason");
});

it("gives a reason where the drawing part is missing", async () => {
  expect(await drawMolecule(join(folder, "absent.js"), "CCO")).toHaveProperty("reason");
});
