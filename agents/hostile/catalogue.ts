import type { Hostile } from "./hostile.ts";
import { networkHostiles } from "./network.ts";
import { outputHostiles } from "./output.ts";
import { processHostiles } from "./processes.ts";

/** Every program that is hard on its runner. What must come of each is told by the tests of the command line. */
export const hostiles: readonly Hostile[] = [...processHostiles, ...outputHostiles, ...networkHostiles];
