export { applyBaseline, type Baselined } from "./apply.ts";
export { readBaseline } from "./read.ts";
export { repeatsOf } from "./repeats.ts";
export { baselineSchema } from "./schema.ts";
export type { Baseline } from "./types.ts";
export { updateBaseline } from "./update.ts";
