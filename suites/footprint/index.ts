export { footprintOf } from "./footprint.ts";
export type { Footprint, Made, StoryFootprint } from "./types.ts";
