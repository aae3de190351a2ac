export { attachDriver, type Invitation } from "./driver.ts";
