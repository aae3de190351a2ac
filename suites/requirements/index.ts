export { findRequirement, requirements, requirementSet } from "./registry.ts";
export { type Choice, exclusionOf, requirementsFor, SelectionError } from "./select.ts";
export {
  type Feature,
  features,
  type Profile,
  profiles,
  type Requirement,
  type RequirementLevel,
  type ScenarioName,
  type TargetPredicate,
} from "./types.ts";
