export { type Explainer, explainerOf } from "./context.ts";
