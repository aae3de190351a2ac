export { podDriver } from "./driver.ts";
