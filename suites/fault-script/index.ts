export { readFaults } from "./read.ts";
export { faultsSchema } from "./schema.ts";
export type { GivenFault } from "./types.ts";
