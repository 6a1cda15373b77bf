/** Geometry of the two strips and what lies between them: all that changes only with the comparison and the width. Pure. */
import { layoutStrip, type StripLayout, type StripSegment } from "../strip/layout";
import { functionLooks } from "../words";
import type { Aligned } from "./compareRows";
import { layoutRibbons, type Ribbon, type RibbonMap } from "./ribbons";

/** Room for the totals at the right, pixels. */
export const totalRoom = 72;
const ribbonHeight = 40;
const narrowRibbonHeight = 34;
/** Height of one side's bars and unit blocks, pixels. */
const stripHeight = 46;
/** A side with more thin bars than this has them painted. */
const paintedFrom = 120;

/** What is selected or under the pointer: indices of step rows and of unit rows. */
export interface MapMarks {
  readonly selected: number | undefined;
  readonly hovered: number | undefined;
  readonly unitRow: number | undefined;
  readonly hoveredUnit: number | undefined;
}

/** One side's strip. Bars too thin for a letter are painted where there are many; the others are elements. */
export interface SideStrip {
  readonly layout: StripLayout;
  readonly drawn: readonly StripSegment[];
  readonly painted: readonly StripSegment[];
}

/** Both strips and the bands between them. */
export interface MapLayout {
  readonly aligned: Aligned;
  readonly teacher: SideStrip;
  readonly student: SideStrip;
  readonly ribbons: RibbonMap;
  /** Bands of all units as one path, and of all steps as one path for each hue: thousands of paths are slow to draw. */
  readonly unitBands: string;
  readonly stepBands: ReadonlyMap<string, string>;
  readonly height: number;
}

/** Lays out both strips on the scale of the longer trace, in `width` pixels. */
export function layoutMap(aligned: Aligned, width: number, narrow: boolean): MapLayout {
  const room = Math.max(80, width - totalRoom);
  const longest = Math.max(aligned.teacher.tokens, aligned.student.tokens, 1);
  const options = { pixelsPerToken: room / longest, response: false };
  const height = narrow ? narrowRibbonHeight : ribbonHeight;
  const ribbons = layoutRibbons(aligned, options.pixelsPerToken, height, stripHeight, stripHeight);
  return {
    aligned,
    teacher: sideStrip(layoutStrip(aligned.teacher, room, options)),
    student: sideStrip(layoutStrip(aligned.student, room, options)),
    ribbons,
    unitBands: ribbons.units.map(({ path }) => path).join(""),
    stepBands: byHue(aligned, ribbons.steps),
    height,
  };
}

function sideStrip(layout: StripLayout): SideStrip {
  const thin = layout.segments.filter((segment) => segment.thin);
  if (thin.length <= paintedFrom) return { layout, drawn: layout.segments, painted: [] };
  return { layout, drawn: layout.segments.filter((segment) => !segment.thin), painted: thin };
}

function byHue(aligned: Aligned, ribbons: readonly Ribbon[]): ReadonlyMap<string, string> {
  const paths = new Map<string, string[]>();
  for (const { path, row } of ribbons) {
    const hue = hueOf(aligned, row);
    const known = paths.get(hue);
    if (known) known.push(path);
    else paths.set(hue, [path]);
  }
  return new Map([...paths].map(([hue, all]) => [hue, all.join("")]));
}

/** Class of a step row's band: the hue of the student's step, which is what became of the teacher's. */
export function hueOf(aligned: Aligned, stepRow: number): string {
  const step = aligned.student.steps[aligned.diff.steps[stepRow]?.student ?? -1];
  return step ? (functionLooks[step.function].className.split(" ")[0] ?? "") : "";
}

/** The segment at `left` pixels from the strip's edge; undefined beyond the last. */
export const segmentAt = ({ layout }: SideStrip, left: number): StripSegment | undefined =>
  layout.segments.find((segment) => left < segment.left + segment.width);
