/** Two strips on one token scale, their unit rows facing each other, and the bands between matched units and steps. */
import { html, nothing, type PropertyValues, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { count, plural } from "../format";
import { place, px } from "../place";
import { segmentMarks, unitMarks } from "../strip/marks";
import { paintBars } from "../strip/paint";
import { afterPaint } from "./afterPaint";
import type { Aligned } from "./compareRows";
import type { SideName } from "./compareWords";
import { LightElement } from "./lightElement";
import { hueOf, layoutMap, type MapLayout, type MapMarks, segmentAt, totalRoom } from "./mapLayout";
import { dataNumber } from "./rowParts";

/** A bar that was clicked. */
export interface MapStep {
  readonly side: SideName;
  readonly step: number;
}

const noMarks: MapMarks = { selected: undefined, hovered: undefined, unitRow: undefined, hoveredUnit: undefined };
/** Tops of the bars and of the unit blocks on each side, pixels: the unit blocks face each other. */
const barsTop: Readonly<Record<SideName, number>> = { teacher: 0, student: 18 };
const unitsTop: Readonly<Record<SideName, number>> = { teacher: 30, student: 0 };

/**
 * `<rti-pair-map>`: set `aligned`, `room` (pixels for the strips), `narrow`, the two names and `marks`; fires `rti-map-step` ({@link MapStep}).
 * Another comparison is drawn after the rows of it are on screen.
 */
export class PairMap extends LightElement {
  static override properties = {
    aligned: { attribute: false },
    room: { attribute: false },
    narrow: { attribute: false },
    teacher: { attribute: false },
    student: { attribute: false },
    marks: { attribute: false },
    layout: { state: true },
  };
  declare aligned: Aligned | undefined;
  declare room: number;
  declare narrow: boolean;
  declare teacher: string;
  declare student: string;
  declare marks: MapMarks;
  declare layout: MapLayout | undefined;
  /** The colours of the painted bars follow the theme. */
  private readonly theme = new MutationObserver(() => this.paint());

  constructor() {
    super();
    this.room = 0;
    this.narrow = false;
    this.marks = noMarks;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add("cs");
    this.addEventListener("click", this.onClick);
    this.theme.observe(document.body, { attributeFilter: ["class", "data-vscode-theme-id"] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener("click", this.onClick);
    this.theme.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("aligned")) afterPaint(() => this.lay());
    else if ((changed.has("room") || changed.has("narrow")) && this.layout) this.lay();
  }

  private lay(): void {
    this.layout = this.aligned && layoutMap(this.aligned, this.room, this.narrow);
  }

  protected override render(): TemplateResult {
    const { layout } = this;
    const marks = layout?.aligned === this.aligned ? this.marks : noMarks;
    return html`${this.name("teacher")}${this.strip(layout, marks, "teacher")}<div></div>
      <div class="rb" aria-hidden="true">${layout ? html`<svg height=${layout.height}>${bands(layout, marks)}</svg>${divergenceLabel(layout)}` : nothing}</div>
      ${this.name("student")}${this.strip(layout, marks, "student")}`;
  }

  private name(side: SideName): TemplateResult {
    const name = this[side];
    return html`<div class="nm ${side === "teacher" ? "t" : "s"}">${side}<b title=${name}>${name.slice(name.lastIndexOf("/") + 1)}</b></div>`;
  }

  private strip(layout: MapLayout | undefined, marks: MapMarks, side: SideName): TemplateResult {
    const classes = side === "teacher" ? "row" : "row s";
    if (!layout) return html`<div class=${classes} data-side=${side}></div>`;
    const { aligned } = layout;
    const { layout: shape, drawn, painted } = layout[side];
    const step = aligned.diff.steps[marks.selected ?? -1]?.[side];
    const unit = marks.selected === undefined ? aligned.diff.units[marks.unitRow ?? -1]?.[side] : undefined;
    const lifted = step === undefined ? [] : painted.filter(({ firstStep, endStep }) => step >= firstStep && step < endStep);
    const { units, steps, tokens } = aligned[side];
    const words = `${side}: ${plural(units.length, "unit")}, ${plural(steps.length, "step")}, ${plural(tokens, "token")}`;
    return html`<div class=${classes} data-side=${side} role="img" aria-label=${words}>${
      painted.length > 0 ? html`<canvas class="pbars" ${place({ width: px(shape.width), top: px(barsTop[side]) })}></canvas>` : nothing
    }${guard([layout, step], () => segmentMarks({ segments: [...drawn, ...lifted] }, { step }, barsTop[side]))}${guard([layout, unit], () =>
      unitMarks(shape, { unit }, unitsTop[side]),
    )}<span class="tot" ${place({ left: px(shape.thinkingEnd) })}>${count(tokens)} tok</span></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("layout")) this.paint();
  }

  private paint(): void {
    for (const canvas of this.querySelectorAll<HTMLCanvasElement>("canvas.pbars")) {
      const side = canvas.closest(".row.s") ? "student" : "teacher";
      if (this.layout) paintBars(this, canvas, { width: this.layout[side].layout.width, segments: this.layout[side].painted });
    }
  }

  private readonly onClick = (event: MouseEvent): void => {
    const { layout } = this;
    const strip = event.target instanceof Element ? event.target.closest<HTMLElement>(".row") : null;
    if (!layout || !strip || !(event.target instanceof Element)) return;
    const side: SideName = strip.dataset.side === "student" ? "student" : "teacher";
    const unit = dataNumber(event.target, "unit");
    const bar =
      event.target instanceof HTMLCanvasElement
        ? segmentAt(layout[side], event.clientX - strip.getBoundingClientRect().left)?.firstStep
        : dataNumber(event.target, "step");
    const step = bar ?? (unit === undefined ? undefined : layout.aligned[side].units[unit]?.firstStep);
    if (step !== undefined) this.dispatchEvent(new CustomEvent<MapStep>("rti-map-step", { detail: { side, step } }));
  };
}

/** All bands, and over them those of the rows that are selected or under the pointer. */
function bands(layout: MapLayout, marks: MapMarks): TemplateResult {
  const { aligned, ribbons } = layout;
  const raised = [...new Set([marks.selected, marks.hovered])].filter((row) => row !== undefined);
  const units = new Set([marks.unitRow, marks.hoveredUnit, ...raised.map((row) => aligned.diff.steps[row]?.unitRow)]);
  return svg`${guard([layout], () => svg`<path class="ur" d=${layout.unitBands}></path>`)}
    ${ribbons.units.filter(({ row }) => units.has(row)).map(({ path }) => svg`<path class="ur on" d=${path}></path>`)}
    ${guard([layout], () => [...layout.stepBands].map(([hue, path]) => svg`<path class="st ${hue}" d=${path}></path>`))}
    ${ribbons.steps.filter(({ row }) => raised.includes(row)).map(({ path, row }) => svg`<path class="st ${hueOf(aligned, row)} on" d=${path}></path>`)}
    ${ribbons.divergence ? svg`<path class="dv" d=${ribbons.divergence.path}></path>` : nothing}`;
}

const labelWidth = 92;

function divergenceLabel({ ribbons, teacher, height }: MapLayout): TemplateResult | typeof nothing {
  const at = ribbons.divergence;
  if (!at) return nothing;
  const middle = (at.teacher + at.student) / 2 + 8;
  const left = middle + labelWidth > teacher.layout.width + totalRoom ? middle - labelWidth - 16 : middle;
  return html`<span class="dvl" ${place({ left: px(left), top: px(height / 2 - 7) })}>first divergence</span>`;
}

customElements.define("rti-pair-map", PairMap);
