import { yaml, type Case } from "../case.ts";

/** A host's plan, written down. Hosts themselves are judged by their facts. */
export const hostPlanCases: readonly Case[] = [
  {
    title: "all capabilities",
    environment: "non-root",
    text: yaml`
      binary: /usr/sbin/deepflow-agent
      capabilities: [CAP_SYS_PTRACE, cap_net_raw, cap_net_admin, cap_ipc_lock, cap_sys_admin]`,
    findings: [],
  },
  {
    title: "one too few",
    environment: "non-root",
    text: yaml`
      binary: /usr/sbin/deepflow-agent
      capabilities:
      - cap_sys_ptrace
      - cap_net_raw
      - cap_net_admin
      - cap_sys_admin`,
    findings: [["capability-missing", 2]],
  },
  {
    title: "none",
    environment: "non-root",
    text: yaml`
      binary: /usr/sbin/deepflow-agent
      capabilities: []`,
    findings: [["capability-missing", 2]],
  },
  {
    title: "something else",
    environment: "non-root",
    text: yaml`
      tap_mode: 1`,
    findings: [
      ["nothing-to-judge", 1],
      ["key-of-older-agents", 1],
    ],
  },
];
