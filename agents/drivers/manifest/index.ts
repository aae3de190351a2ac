export { manifestDriver } from "./driver.ts";
export { ManifestError, readManifest } from "./read.ts";
