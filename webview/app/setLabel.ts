/** The reader sets the function of the selected step, or the role of its unit, right. */
import { type StepFunction, stepFunctions, unitRoles } from "../../src/core/analysis";
import type { Choice } from "../../src/protocol/host";
import type { Model } from "../state/model";
import { isUnitFolded } from "../trace/rows";
import { functionLooks, roleLabels, roleMeanings } from "../words";

/** A choice, and what it does. */
interface Option {
  readonly choice: Choice;
  readonly take: () => void;
}

/** Steps whose function the record itself says. */
const fromRecord: ReadonlySet<StepFunction> = new Set(["tool-call", "observation"]);

/** Asks for the label; a folded unit's role comes first, since its steps are not on show. */
export async function setLabel(model: Model): Promise<void> {
  const { analysis, state, folds } = model;
  const { step = 0, unit = 0 } = state;
  if (!analysis?.steps[step]) return;
  const lists = [stepOptions(model, step), unitOptions(model, unit)];
  const options = (isUnitFolded(analysis, folds, unit) ? lists.toReversed() : lists).flat();
  const taken = await model.host.choose(
    "Set Function or Role",
    options.map(({ choice }) => choice),
  );
  if (taken !== undefined) options[taken]?.take();
}

function stepOptions({ analysis, marks, trace }: Model, index: number): Option[] {
  const step = analysis?.steps[index];
  const own = trace?.analysis.steps[index]?.function;
  if (!step || fromRecord.has(step.function)) return [];
  const names = stepFunctions.filter((name) => !fromRecord.has(name));
  return names.map((name, at) => ({
    choice: {
      label: functionLooks[name].label,
      description: described(functionLooks[name].meaning, name === own && name !== step.function),
      ...(at === 0 ? { group: `Step ${index + 1}` } : {}),
      now: name === step.function,
    },
    take: () => marks.labelStep(index, name),
  }));
}

function unitOptions({ analysis, marks, trace }: Model, index: number): Option[] {
  const unit = analysis?.units[index];
  const own = trace?.analysis.units[index]?.role;
  if (!unit) return [];
  return unitRoles.map((role, at) => ({
    choice: {
      label: roleLabels[role],
      description: described(roleMeanings[role], role === own && role !== unit.role),
      ...(at === 0 ? { group: `Unit ${index + 1}` } : {}),
      now: role === unit.role,
    },
    take: () => marks.labelUnit(index, role),
  }));
}

const described = (meaning: string, isOwn: boolean): string => (isOwn ? `${meaning} · the analysis says so` : meaning);
