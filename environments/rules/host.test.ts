import { describe, expect, it } from "vitest";
import { checkHost, type HostFacts } from "../index.ts";
import { lackingCapabilities } from "./capabilities.ts";

const ALL = "cap_net_admin,cap_net_raw,cap_ipc_lock,cap_sys_ptrace,cap_sys_admin";
const good: HostFacts = {
  binary: { path: "/agent", exists: true, uid: 1000 },
  capabilities: { text: `/agent ${ALL}=eip\n` },
  user: { name: "deepflow", uid: 1000 },
  cgroup: "v1",
  folders: [
    { path: "/cpu/deepflow-agent", exists: true, uid: 1000 },
    { path: "/memory/deepflow-agent", exists: true, uid: 1000 },
  ],
};

describe("checkHost", () => {
  it("finds nothing wrong with a host that has everything", () => {
    const { findings, unknown, holds } = checkHost("non-root", good);
    expect([findings, unknown, holds.length]).toEqual([[], [], 4]);
  });

  it.each<[string, Partial<HostFacts>, string[]]>([
    ["no binary", { binary: { path: "/agent", exists: false } }, ["error binary-missing"]],
    ["no capabilities, as after a chown", { capabilities: { text: "" } }, ["error capability-missing"]],
    ["a capability that is not inheritable", { capabilities: { text: `/agent ${ALL}=ep` } }, ["error capability-missing"]],
    ["a binary of root", { binary: { path: "/agent", exists: true, uid: 0 } }, ["warning binary-owner"]],
    ["a missing folder", { folders: [{ path: "/cpu/deepflow-agent", exists: false }] }, ["error cgroup-missing"]],
    ["a folder of root", { folders: [{ path: "/cpu/deepflow-agent", exists: true, uid: 0 }] }, ["error cgroup-owner"]],
    ["no such user", { user: { name: "deepflow", uid: undefined } }, ["error user-missing"]],
    ["cgroup v2", { cgroup: "v2", folders: [{ path: "/cpu/deepflow-agent", exists: false }] }, ["warning cgroup-v2"]],
  ])("judges %s", (_title, facts, expected) => {
    const { findings } = checkHost("non-root", { ...good, ...facts });
    expect(findings.map(({ level, rule }) => `${level} ${rule}`)).toEqual(expected);
  });

  it.each<[string, Partial<HostFacts>, RegExp]>([
    ["capabilities", { capabilities: { unknown: "the tool getcap is missing" } }, /getcap is missing/],
    ["cgroups", { cgroup: "none" }, /no cgroup file system/],
  ])("says that it cannot tell about %s", (_title, facts, words) => {
    const { findings, unknown } = checkHost("non-root", { ...good, ...facts });
    expect(findings).toEqual([]);
    expect(unknown).toEqual([expect.stringMatching(words)]);
  });

  it("has nothing to say about environments that are not about a host", () => {
    expect(() => checkHost("macvlan", good)).toThrow(RangeError);
  });
});

describe("lackingCapabilities", () => {
  it.each([
    ["/agent cap_net_raw,cap_net_admin=eip", []],
    ["/agent = cap_net_admin,cap_net_raw+eip", []],
    ["/agent cap_net_admin=eip cap_net_raw+ep", ["cap_net_raw"]],
    ["/agent cap_net_raw=eip", ["cap_net_admin"]],
    ["/agent =eip", []],
    ["/agent =eip cap_net_raw-i", ["cap_net_raw"]],
    ["", ["cap_net_raw", "cap_net_admin"]],
    ["/agent (Operation not supported)", ["cap_net_raw", "cap_net_admin"]],
  ])("of %j", (text, expected) => {
    expect(lackingCapabilities(text, ["cap_net_raw", "cap_net_admin"])).toEqual(expected);
  });
});
