import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

interface UsedFile {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

/** Files of a folder whose names hold `ending`, those used last first. Without the folder there are none. */
export function latestFirst(folder: string, ending: string): readonly UsedFile[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.includes(ending))
      .map((name) => {
        const path = join(folder, name);
        const { size, mtimeMs } = statSync(path);
        return { path, bytes: size, usedAt: mtimeMs };
      })
      .sort((a, b) => b.usedAt - a.usedAt);
  } catch {
    return [];
  }
}

/** Removes the files used longest ago until the others take `limitBytes` at most. One that cannot be removed stays. */
export function keepLatest(folder: string, ending: string, limitBytes: number): void {
  let total = 0;
  for (const { path, bytes } of latestFirst(folder, ending)) {
    total += bytes;
    if (total <= limitBytes) continue;
    try {
      rmSync(path, { force: true });
    } catch {
      // Some systems do not remove a file that is open.
    }
  }
}
