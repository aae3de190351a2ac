import { documentTarget } from "./document.ts";
import type { Target } from "./types.ts";
import { v71Target } from "./v7-1.ts";

/** Every target, `document` first, then the server lines from old to new. A new line is one more element. */
export const targets: readonly Target[] = [documentTarget, v71Target];

/** The ids that `--target` takes. */
export const targetIds: readonly string[] = targets.map((target) => target.id);

/** The target of a run that names none. */
export const defaultTarget = "v7.1";

/** The target of that id; undefined where there is none. */
export function findTarget(id: string): Target | undefined {
  return targets.find((target) => target.id === id);
}
