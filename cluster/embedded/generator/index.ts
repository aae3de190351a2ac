export { generateCluster } from "./cluster.ts";
export type { GeneratedObject, GenerateOptions } from "./types.ts";
