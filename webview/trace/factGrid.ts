/** The metric row as a grid: in one line where it fits, else in lines whose columns stand under each other. */

/**
 * Columns for cells of these widths, in pixels, in so much room: as few lines as possible, and those as even as possible. A column is as wide as its
 * widest cell. At least 1.
 */
export function columnsThatFit(widths: readonly number[], room: number): number {
  for (let lines = 1; lines < widths.length; lines++) {
    const columns = Math.ceil(widths.length / lines);
    const widest = new Array<number>(columns).fill(0);
    for (const [index, width] of widths.entries()) widest[index % columns] = Math.max(widest[index % columns] ?? 0, width);
    if (widest.reduce((sum, width) => sum + width, 0) <= room) return columns;
  }
  return 1;
}

/** Keeps a metric row in as many columns as fit: while its room changes, and when its cells do. */
export class FactGrid {
  private grid: HTMLElement | undefined;
  private widths: readonly number[] = [];
  private inputs: readonly unknown[] = [];
  private readonly observer = new ResizeObserver(() => this.fit());

  /** The row as it was just drawn from these inputs: measured once for each. */
  update(grid: HTMLElement | null, ...inputs: readonly unknown[]): void {
    if (!grid || (grid === this.grid && inputs.every((input, index) => input === this.inputs[index]))) return;
    this.inputs = inputs;
    if (grid !== this.grid) {
      this.observer.disconnect();
      this.observer.observe(grid);
      this.grid = grid;
    }
    grid.classList.add("measured");
    this.widths = Array.from(grid.children, (cell) => Math.ceil(cell.getBoundingClientRect().width));
    grid.classList.remove("measured");
    this.fit();
  }

  /** Ends watching. */
  dispose(): void {
    this.observer.disconnect();
    this.grid = undefined;
  }

  private fit(): void {
    this.grid?.style.setProperty("--columns", String(columnsThatFit(this.widths, this.grid.clientWidth)));
  }
}
