/** Names by number, how many traces have each, and where each first stands in the file. Number 0 is the empty name. */
export class NameCounts {
  readonly #names: string[] = [""];
  readonly #ids = new Map<string, number>([["", 0]]);
  readonly #counts: number[] = [0];
  readonly #firstRecords: number[] = [0];

  /** Counts a name of a trace of the record; gives its number. */
  add(name: string, record: number): number {
    const known = this.#ids.get(name);
    const id = known ?? this.#names.length;
    if (known === undefined) {
      this.#names.push(name);
      this.#ids.set(name, id);
      this.#counts.push(0);
      this.#firstRecords.push(record);
    }
    this.#counts[id] = (this.#counts[id] ?? 0) + 1;
    this.#firstRecords[id] = Math.min(this.#firstRecords[id] ?? record, record);
    return id;
  }

  /** One trace of the name less. */
  remove(id: number): void {
    this.#counts[id] = (this.#counts[id] ?? 1) - 1;
  }

  /** The name; empty for a number that no name has. */
  get(id: number): string {
    return this.#names[id] ?? "";
  }

  /** The name's number; −1 for a name that no trace has. */
  idOf(name: string): number {
    return this.#ids.get(name) ?? -1;
  }

  /** Names with the number of their traces, in the order in which they first stand in the file. */
  counts(): { readonly name: string; readonly traces: number }[] {
    const all = this.#names.map((name, i) => ({ name, traces: this.#counts[i] ?? 0, first: this.#firstRecords[i] ?? 0 }));
    return all
      .filter(({ name, traces }) => name !== "" && traces > 0)
      .sort((a, b) => a.first - b.first)
      .map(({ name, traces }) => ({ name, traces }));
  }

  /** All of it as text, for {@link restore}. */
  save(): string {
    return JSON.stringify({ names: this.#names, counts: this.#counts, firsts: this.#firstRecords });
  }

  /** Takes over what was saved. Throws when the text is no JSON. */
  restore(text: string): void {
    const saved: unknown = JSON.parse(text);
    for (const [i, name] of listOf(saved, "names").entries()) {
      this.#names[i] = String(name);
      this.#ids.set(String(name), i);
      this.#counts[i] = Number(listOf(saved, "counts")[i]);
      this.#firstRecords[i] = Number(listOf(saved, "firsts")[i]);
    }
  }
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  return Array.isArray(list) ? list : [];
}
