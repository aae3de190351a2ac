import type { HostProfile } from "../types.ts";

/** What a host needs, written down. It configures nothing by itself. */
export function hostPlanText({ binary, user, capabilities, folders }: HostProfile): string {
  return [
    `user: ${user}`,
    `binary: ${binary}`,
    "# Each effective, inheritable and permitted (=eip).",
    "capabilities:",
    ...capabilities.map((capability) => `  - ${capability}`),
    "# Owned by the user. cgroup v1 only.",
    "folders:",
    ...folders.map((folder) => `  - ${folder}`),
  ].join("\n");
}
