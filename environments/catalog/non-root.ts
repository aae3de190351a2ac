import type { Environment } from "../types.ts";

/** A host whose agent runs under an ordinary user. */
export const nonRoot: Environment = {
  name: "non-root",
  title: "Agent without root on a server",
  summary:
    "The agent runs under an ordinary user. Its binary has to carry the capabilities that root would have, and its cgroup folders have to be there and be its own.",
  source: "special environments 4.1",
  parts: ["host"],
  host: {
    binary: "/usr/sbin/deepflow-agent",
    user: "deepflow",
    capabilities: ["cap_sys_ptrace", "cap_net_raw", "cap_net_admin", "cap_ipc_lock", "cap_sys_admin"],
    folders: ["/sys/fs/cgroup/cpu/deepflow-agent", "/sys/fs/cgroup/memory/deepflow-agent"],
  },
  steps: [
    {
      text: "Give the binary to the user. This comes first: changing the owner wipes capabilities.",
      commands: ["chown deepflow:deepflow /usr/sbin/deepflow-agent"],
    },
    {
      text: "Grant the capabilities, now and after every upgrade of the binary.",
      commands: ["setcap cap_sys_ptrace,cap_net_raw,cap_net_admin,cap_ipc_lock,cap_sys_admin=eip /usr/sbin/deepflow-agent"],
    },
    {
      text: "Under cgroup v1, make the agent's folders and give them to the user.",
      commands: [
        "mkdir /sys/fs/cgroup/cpu/deepflow-agent /sys/fs/cgroup/memory/deepflow-agent",
        "chown -R deepflow:deepflow /sys/fs/cgroup/cpu/deepflow-agent /sys/fs/cgroup/memory/deepflow-agent",
      ],
    },
    {
      text: "See that all of it holds.",
      commands: ["deepflow-conformance env check non-root /usr/sbin/deepflow-agent --user deepflow"],
    },
    { text: "Start the service with User=deepflow.", commands: ["systemctl start deepflow-agent"] },
    {
      text: "To undo it, after the service has stopped:",
      commands: [
        "setcap -r /usr/sbin/deepflow-agent",
        "rmdir /sys/fs/cgroup/cpu/deepflow-agent /sys/fs/cgroup/memory/deepflow-agent",
      ],
    },
  ],
  notes: [
    {
      text: "The documentation grants the capabilities before it changes the owner of the binary. Linux removes file capabilities when the owner changes, so that order leaves none.",
    },
    {
      text: "Under cgroup v2 there is one tree and no folder per controller: folders named cpu and memory limit nothing. Limit the service instead (systemd: CPUQuota=, MemoryMax=, Delegate=yes).",
    },
    { text: "The folders vanish with a reboot." },
  ],
};
