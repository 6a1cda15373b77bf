/** Two strips on one token scale, their unit rows facing each other, and the ribbons between matched units and steps. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { count, plural } from "../format";
import { place, px } from "../place";
import { layoutStrip, type StripLayout } from "../strip/layout";
import { segmentMarks, unitMarks } from "../strip/marks";
import { functionLooks } from "../words";
import type { Aligned } from "./compareRows";
import type { SideName } from "./compareWords";
import { layoutRibbons, type RibbonMap } from "./ribbons";

/** What the map needs beside the comparison. */
export interface MapState {
  /** Pixels for the strips, without the names at the left. */
  readonly width: number;
  readonly narrow: boolean;
  readonly teacherName: string;
  readonly studentName: string;
  /** Step rows that are selected or under the pointer. */
  readonly selected: number | undefined;
  readonly hovered: number | undefined;
  /** Unit rows that are selected or under the pointer. */
  readonly unitRow: number | undefined;
  readonly hoveredUnit: number | undefined;
}

/** Room for the totals at the right, pixels. */
const totalRoom = 72;
const ribbonHeight = 40;
const narrowRibbonHeight = 34;
const stripHeight = 46;

/** Geometry that changes only with the comparison and the width. */
export interface MapLayout {
  readonly teacher: StripLayout;
  readonly student: StripLayout;
  readonly ribbons: RibbonMap;
  readonly height: number;
}

/** Lays out both strips on the scale of the longer trace. */
export function layoutMap(aligned: Aligned, width: number, narrow: boolean): MapLayout {
  const room = Math.max(80, width - totalRoom);
  const longest = Math.max(aligned.teacher.tokens, aligned.student.tokens, 1);
  const options = { pixelsPerToken: room / longest, response: false };
  const height = narrow ? narrowRibbonHeight : ribbonHeight;
  return {
    teacher: layoutStrip(aligned.teacher, room, options),
    student: layoutStrip(aligned.student, room, options),
    ribbons: layoutRibbons(aligned, options.pixelsPerToken, height, stripHeight, stripHeight),
    height,
  };
}

/** The map. Clicks on `[data-step]` and `[data-unit]` inside `[data-side]` are for the caller. */
export function ribbonMap(aligned: Aligned, layout: MapLayout, state: MapState): TemplateResult {
  return html`<div class="nm t">teacher<b title=${state.teacherName}>${shortName(state.teacherName)}</b></div>${strip(aligned, layout, state, "teacher")}<div></div>
    <div class="rb" aria-hidden="true"><svg height=${layout.height}>${ribbons(aligned, layout, state)}</svg>${divergenceLabel(layout)}</div>
    <div class="nm s">student<b title=${state.studentName}>${shortName(state.studentName)}</b></div>${strip(aligned, layout, state, "student")}`;
}

/** A model's name without its organisation. */
const shortName = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

function strip(aligned: Aligned, layout: MapLayout, state: MapState, side: SideName): TemplateResult {
  const analysis = aligned[side];
  const shape = layout[side];
  const row = state.selected === undefined ? undefined : aligned.diff.steps[state.selected];
  const unit = state.unitRow === undefined ? undefined : aligned.diff.units[state.unitRow]?.[side];
  const marked = { step: row?.[side], unit: state.selected === undefined ? unit : undefined };
  const teacher = side === "teacher";
  const words = `${side}: ${plural(analysis.units.length, "unit")}, ${plural(analysis.steps.length, "step")}, ${plural(analysis.tokens, "token")}`;
  return html`<div class=${teacher ? "row" : "row s"} data-side=${side} role="img" aria-label=${words}>${segmentMarks(shape, marked, teacher ? 0 : 18)}${unitMarks(shape, marked, teacher ? 30 : 0)}<span class="tot" ${place(
    {
      left: px(shape.thinkingEnd),
    },
  )}>${count(analysis.tokens)} tok</span></div>`;
}

function ribbons(aligned: Aligned, layout: MapLayout, state: MapState): TemplateResult {
  const raised = new Set([state.selected, state.hovered].filter((row) => row !== undefined));
  const units = new Set(
    [state.unitRow, state.hoveredUnit, ...[...raised].map((row) => aligned.diff.steps[row]?.unitRow)].filter((row) => row !== undefined),
  );
  const { ribbons: map } = layout;
  return svg`${map.units.map((ribbon) => svg`<path class=${units.has(ribbon.row) ? "ur on" : "ur"} d=${ribbon.path}></path>`)}
    ${map.steps.map((ribbon) => svg`<path class="st ${hue(aligned, ribbon.row)}${raised.has(ribbon.row) ? " on" : ""}" d=${ribbon.path}></path>`)}
    ${map.divergence ? svg`<path class="dv" d=${map.divergence.path}></path>` : nothing}`;
}

/** A ribbon has the hue of the student's step: what became of the teacher's. */
function hue(aligned: Aligned, stepRow: number): string {
  const step = aligned.student.steps[aligned.diff.steps[stepRow]?.student ?? -1];
  return step ? (functionLooks[step.function].className.split(" ")[0] ?? "") : "";
}

function divergenceLabel(layout: MapLayout): TemplateResult | typeof nothing {
  const at = layout.ribbons.divergence;
  if (!at) return nothing;
  const labelWidth = 92;
  const middle = (at.teacher + at.student) / 2 + 8;
  const left = middle + labelWidth > layout.teacher.width + totalRoom ? middle - labelWidth - 16 : middle;
  return html`<span class="dvl" ${place({ left: px(left), top: px(layout.height / 2 - 7) })}>first divergence</span>`;
}
