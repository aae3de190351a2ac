export { findRequirement, requirements, requirementSet } from "./registry.ts";
export { exclusionOf, requirementsFor, SelectionError } from "./select.ts";
export { features, type Requirement } from "./types.ts";
