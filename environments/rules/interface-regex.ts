import type { Cursor } from "../documents/cursor.ts";
import type { Finding } from "../types.ts";
import { error, warning } from "./rule.ts";

/** Names that CNIs give to the NICs of pods in the root network namespace. Source: protocol.md 6.1 (default regex). */
const POD_NICS = [
  "lxc1a2b3c",
  "lxc_health",
  "cali0a1b2c",
  "veth0a1b2c",
  "vethwe-bridge",
  "tap0a1b2c",
  "0a1b2c_h",
  "ipvl0",
  "cilium_host",
];
/** Names that Linux gives to the NICs of nodes. */
const NODE_NICS = [
  "eth0",
  "eth1",
  "eno1",
  "ens3",
  "ens192",
  "enp3s0",
  "enp0s31f6",
  "enx0a1b2c",
  "em1",
  "p1p1",
  "bond0",
  "team0",
  "ib0",
  "wlan0",
];
const LONGEST = 65_535;

/** Whether an interface regex is a list of node NICs. */
export function judgeRegex(at: Cursor): Finding[] {
  const text = at.value;
  if (typeof text !== "string") return [invalid(at, "it is not a text")];
  if (text.length > LONGEST) return [invalid(at, `it has ${text.length} characters, and ${LONGEST} are allowed`)];
  if (/\(\?(=|!|<=|<!)/.test(text)) return [invalid(at, "look-around is not known to the agent's regular expressions (Rust)")];
  const whole = compile(`^(?:${text})$`);
  const anywhere = compile(text);
  if (whole === undefined || anywhere === undefined) return [invalid(at, "it does not compile")];
  const pods = POD_NICS.filter((name) => whole.test(name));
  if (pods.length > 0) return [tooMuch(at, pods)];
  const inside = POD_NICS.filter((name) => anywhere.test(name));
  const anchors = inside.length > 0 ? [unanchored(at, inside)] : [];
  return NODE_NICS.some((name) => anywhere.test(name)) ? anchors : [...anchors, noNic(at)];
}

function compile(text: string): RegExp | undefined {
  // Rust writes flags at the beginning of the pattern, JavaScript beside it.
  const flags = /\(\?i\)/.test(text) ? "i" : "";
  try {
    return new RegExp(text.replace("(?i)", ""), flags);
  } catch {
    return undefined;
  }
}

function invalid(at: Cursor, reason: string): Finding {
  return error("regex-invalid", at, {
    problem: `${at.path} is no interface regex: ${reason}`,
    consequence: "The agent refuses the value and captures from no interface that was meant.",
    mend: "Write a regular expression of the node's NICs, such as ^(eth0|ens192)$.",
    source: "protocol.md 6.1",
  });
}

function tooMuch(at: Cursor, names: readonly string[]): Finding {
  return error("regex-not-node-nics", at, {
    problem: `${at.path} also matches NICs of pods, such as ${names.slice(0, 3).join(", ")}`,
    consequence: "Their traffic is one-way or already seen on the node's NIC: sessions stay half or are counted twice.",
    mend: "Name the NICs of the node alone, such as ^(eth0|ens192)$.",
    source: "protocol.md 6.4",
  });
}

function unanchored(at: Cursor, names: readonly string[]): Finding {
  return warning("regex-unanchored", at, {
    problem: `${at.path} has no ^ and $, so it also matches inside longer names, such as ${names.slice(0, 2).join(", ")}`,
    consequence: "NICs of pods are captured too, if the nodes have such.",
    mend: `Write ^(${at.text})$.`,
    source: "ours (the default of the agent is anchored)",
  });
}

function noNic(at: Cursor): Finding {
  return warning("regex-matches-no-nic", at, {
    problem: `${at.path} matches none of the usual names of NICs (${NODE_NICS.slice(0, 5).join(", ")}, …)`,
    consequence: "If the nodes have no NIC of such a name, nothing is captured by cBPF.",
    mend: "Compare with `ip -brief link` on a node.",
    source: "protocol.md 6.4",
  });
}
