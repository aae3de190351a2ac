import type { Hostile } from "./hostile.ts";
import { networkHostiles } from "./network.ts";
import { outputHostiles } from "./output.ts";
import { processHostiles } from "./processes.ts";

/** Every program that is hard on its runner. */
export const hostiles: readonly Hostile[] = [...processHostiles, ...outputHostiles, ...networkHostiles];
