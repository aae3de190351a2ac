export { findRequirement, requirements, requirementSet } from "./registry.ts";
export { exclusionOf, requirementsFor, SelectionError } from "./select.ts";
export { features, profiles, type Requirement } from "./types.ts";
