export { explainerOf } from "./context.ts";
