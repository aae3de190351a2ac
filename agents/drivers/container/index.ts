export { containerDriver } from "./driver.ts";
export { presentImages } from "./engine.ts";
