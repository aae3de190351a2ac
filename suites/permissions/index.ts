export { clusterRoleText } from "./cluster-role-text.ts";
export { grants, minimalRules, permissionsFor } from "./minimal-role.ts";
export { ClusterRoleError, readClusterRole } from "./read-cluster-role.ts";
export type { ClusterRoleRule, GrantedRole } from "./types.ts";
