export { containerDriver } from "./driver.ts";
