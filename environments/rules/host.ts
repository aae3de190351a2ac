import type { Cursor } from "../documents/cursor.ts";
import type { FileFact, HostFacts } from "./host-facts.ts";
import type { Finding, HostProfile } from "../types.ts";
import { lackingCapabilities } from "./capabilities.ts";
import type { RuleCode } from "./codes.ts";
import { documentsOf, error, type RuleGroup, type Words } from "./rule.ts";

const SOURCE = "special environments 4.1";

/** What a host has, and what could not be told. */
export interface HostJudgement {
  readonly findings: readonly Finding[];
  /** What could not be told, and why. Not empty: the check is not complete. */
  readonly unknown: readonly string[];
  /** What holds, in words. */
  readonly holds: readonly string[];
}

/** A plan of a host written down: the binary and the capabilities it shall have. */
export const hostPlanRules: RuleGroup = (subject) => {
  const { host } = subject.environment;
  if (host === undefined) return [];
  return documentsOf(subject, "host").flatMap(({ root }) => {
    const list = root.get("capabilities");
    const named = list.items().map((item: Cursor) => item.text.toLowerCase());
    const lacking = host.capabilities.filter((capability) => !named.includes(capability));
    return lacking.length === 0 ? [] : [error("capability-missing", list, capabilityWords(lacking, host.binary, host))];
  });
};

/** Judges a host by what was found there. Pure. */
export function judgeHost(facts: HostFacts, profile: HostProfile): HostJudgement {
  if (!facts.binary.exists) {
    const words = {
      problem: `there is no file ${facts.binary.path}`,
      consequence: "Capabilities belong to a file: nothing can be granted.",
      mend: "Name the binary that the service starts.",
      source: SOURCE,
    };
    return { findings: [onHost("error", "binary-missing", facts.binary.path, words)], unknown: [], holds: [] };
  }
  const parts = [judgeCapabilities(facts, profile), judgeOwner(facts), judgeFolders(facts)];
  return {
    findings: parts.flatMap(({ findings }) => findings),
    unknown: parts.flatMap(({ unknown }) => unknown),
    holds: parts.flatMap(({ holds }) => holds),
  };
}

function judgeCapabilities({ binary, capabilities }: HostFacts, profile: HostProfile): HostJudgement {
  if ("unknown" in capabilities) {
    return { findings: [], unknown: [`the file capabilities of ${binary.path}: ${capabilities.unknown}`], holds: [] };
  }
  const lacking = lackingCapabilities(capabilities.text, profile.capabilities);
  if (lacking.length === 0)
    return { findings: [], unknown: [], holds: [`${binary.path} has ${profile.capabilities.join(", ")} (e, i, p)`] };
  const finding = onHost("error", "capability-missing", binary.path, capabilityWords(lacking, binary.path, profile));
  return { findings: [finding], unknown: [], holds: [] };
}

function capabilityWords(lacking: readonly string[], binary: string, profile: HostProfile): Words {
  return {
    problem: `${lacking.join(", ")} not granted (effective, inheritable and permitted)`,
    consequence: "Run by a user without root, the agent cannot capture packets, load eBPF programs or look into other processes.",
    mend: `As root: setcap ${profile.capabilities.join(",")}=eip ${binary}. Do it after chown and after every upgrade: both wipe capabilities.`,
    source: SOURCE,
  };
}

function judgeOwner({ binary, user }: HostFacts): HostJudgement {
  if (user.uid === undefined) {
    const words = {
      problem: `there is no user ${user.name} on this host`,
      consequence: "Who owns what cannot be judged, and the service cannot be started under that name.",
      mend: `Create it, or name the one that runs the agent with --user.`,
      source: SOURCE,
    };
    return { findings: [onHost("error", "user-missing", user.name, words)], unknown: [], holds: [] };
  }
  if (binary.uid === user.uid) return { findings: [], unknown: [], holds: [`${binary.path} belongs to ${user.name}`] };
  const words = {
    problem: `${binary.path} does not belong to ${user.name}`,
    consequence: "The agent cannot replace itself when the server tells it to upgrade.",
    mend: `As root: chown ${user.name}:${user.name} ${binary.path}, then setcap again, since chown wipes capabilities.`,
    source: `${SOURCE}, ours`,
  };
  return { findings: [onHost("warning", "binary-owner", binary.path, words)], unknown: [], holds: [] };
}

function judgeFolders({ cgroup, folders, user }: HostFacts): HostJudgement {
  if (cgroup === "none")
    return { findings: [], unknown: ["the cgroup folders: no cgroup file system is mounted where it is looked for"], holds: [] };
  if (cgroup === "v2") return { findings: [v2(folders)], unknown: [], holds: ["the host runs cgroup v2"] };
  const findings = folders.flatMap((folder) => judgeFolder(folder, user));
  const good = folders.filter((folder) => judgeFolder(folder, user).length === 0);
  return { findings, unknown: [], holds: good.map(({ path }) => `${path} exists`) };
}

function judgeFolder(folder: FileFact, { name, uid }: HostFacts["user"]): Finding[] {
  const consequence = "The agent cannot limit its own CPU and memory.";
  if (!folder.exists) {
    const words = {
      problem: `${folder.path} is missing`,
      consequence,
      mend: `As root: mkdir ${folder.path}, then chown -R ${name}:${name} ${folder.path}.`,
      source: SOURCE,
    };
    return [onHost("error", "cgroup-missing", folder.path, words)];
  }
  if (uid === undefined || folder.uid === uid) return [];
  const words = {
    problem: `${folder.path} does not belong to ${name}`,
    consequence,
    mend: `As root: chown -R ${name}:${name} ${folder.path}.`,
    source: SOURCE,
  };
  return [onHost("error", "cgroup-owner", folder.path, words)];
}

function v2(folders: readonly FileFact[]): Finding {
  const made = folders.filter(({ exists }) => exists).map(({ path }) => path);
  return onHost("warning", "cgroup-v2", "/sys/fs/cgroup", {
    problem:
      made.length === 0
        ? "the documented folders belong to cgroup v1; this host has one tree for all controllers"
        : `${made.join(" and ")} are ordinary groups in cgroup v2, not places of a controller`,
    consequence: "Folders named cpu and memory limit nothing. What the agent does under v2 is not documented.",
    mend: "Under v2, limit the service instead (systemd: CPUQuota=, MemoryMax=, Delegate=yes), or delegate one folder with its cgroup.procs to the user.",
    source: "cgroup v2 (delegation), ours",
  });
}

function onHost(level: Finding["level"], rule: RuleCode, path: string, words: Words): Finding {
  return { level, rule, file: path, line: 0, column: 0, path: "", ...words };
}
