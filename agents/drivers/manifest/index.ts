export { manifestDriver } from "./driver.ts";
export { imagesOf, ManifestError } from "./read.ts";
