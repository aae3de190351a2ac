import { captureRules } from "./capture.ts";
import { deploymentRules } from "./deployment.ts";
import { hostPlanRules } from "./host.ts";
import { keyRules } from "./keys.ts";
import { portRules } from "./ports.ts";
import { rbacRules } from "./rbac.ts";
import { resourceRules } from "./resources.ts";
import type { RuleGroup } from "./rule.ts";
import { watchPolicyRules } from "./watch-policy.ts";

/** All groups of rules. Adding one is adding a line. */
export const ruleGroups: readonly RuleGroup[] = [
  keyRules,
  captureRules,
  resourceRules,
  rbacRules,
  watchPolicyRules,
  deploymentRules,
  portRules,
  hostPlanRules,
];
