export { canonicalRequirements } from "./canonical.ts";
export { frozenSets } from "./frozen-sets.ts";
export { findRequirement, requirements, requirementSet, requirementSetSha256 } from "./registry.ts";
export { exclusionOf, requirementsFor, SelectionError } from "./select.ts";
export { type Feature, features, profiles, type Requirement } from "./types.ts";
