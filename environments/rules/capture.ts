import { isWithin } from "../agent-version.ts";
import type { Cursor } from "../documents/cursor.ts";
import type { CaptureProfile, Finding } from "../types.ts";
import { judgeRegex } from "./interface-regex.ts";
import { documentsOf, error, warning, type RuleGroup, type Subject } from "./rule.ts";
import { keyFor, settingIn } from "./settings.ts";

/** In these agents a capture mode other than 0 takes the interfaces from a list and ignores the regex. Source: protocol.md 6.1. */
export const REGEX_VOID_UNDER_MIRROR = { to: "v6.4.99" } as const;

/** Capture mode and interfaces of CNIs without pod NICs. */
export const captureRules: RuleGroup = (subject) => {
  const { capture } = subject.environment;
  return documentsOf(subject, "agent-group-config").flatMap(({ root }) => [
    ...voidRegex(root, subject),
    ...(capture === undefined ? [] : expected(root, subject, capture)),
  ]);
};

function expected(root: Cursor, subject: Subject, capture: CaptureProfile): Finding[] {
  const mode = judgeMode(root, subject, capture);
  return usesList(root, subject, capture)
    ? [...mode, ...interfaceList(root, subject)]
    : [...mode, ...interfaceRegex(root, subject), ...oldList(root, subject)];
}

function usesList(root: Cursor, { agent }: Subject, capture: CaptureProfile): boolean {
  return capture.captureMode !== 0 && isWithin(agent, REGEX_VOID_UNDER_MIRROR) && root.kind === "map";
}

function voidRegex(root: Cursor, { agent }: Subject): Finding[] {
  const regex = settingIn(root, "regex", agent);
  const mode = settingIn(root, "mode", agent);
  const mirrors = mode.kind === "scalar" && Number(mode.value) !== 0;
  if (!mirrors || regex.kind === "absent" || !isWithin(agent, REGEX_VOID_UNDER_MIRROR)) return [];
  return [
    error("regex-void", regex, {
      problem: `${regex.path} is ignored by ${agent.name} agents while ${mode.path} is ${mode.text}`,
      consequence: "Packets are taken from the interfaces of the list alone; without one, from none of those meant here.",
      mend: `Remove it, and list the NICs of the node under ${keyFor("srcInterfaces", agent)}; or use agents from v6.5 on, which read the regex in every mode.`,
      source: "protocol.md 6.1 (src-interfaces)",
    }),
  ];
}

function judgeMode(root: Cursor, { agent, environment }: Subject, { captureMode }: CaptureProfile): Finding[] {
  const mode = settingIn(root, "mode", agent);
  if (Number(mode.kind === "absent" ? 0 : mode.value) === captureMode) return [];
  // Newer agents have another way to see pods behind one NIC.
  if (captureMode === 1 && root.get("inputs", "cbpf", "af_packet", "inner_interface_capture_enabled").value === true) return [];
  const key = keyFor("mode", agent);
  const found = mode.kind === "absent" ? "is left at 0 (local)" : `is ${mode.text}`;
  return [
    error("capture-mode", mode.kind === "absent" ? root : mode, {
      problem: `${key} ${found}; ${environment.title} needs ${captureMode}`,
      consequence:
        captureMode === 1
          ? "What is seen on the node's NIC is not taken for pod traffic: no pod NIC data at all."
          : "Traffic of the node is taken for mirrored traffic: it appears at pods where it was never seen.",
      mend: captureMode === 0 ? `Remove ${key}, or set it to 0.` : `Set ${key} to ${captureMode}.`,
      source: "protocol.md 6.4",
    }),
  ];
}

function interfaceRegex(root: Cursor, { agent, environment }: Subject): Finding[] {
  const regex = settingIn(root, "regex", agent);
  if (regex.kind !== "absent") return judgeRegex(regex);
  const key = keyFor("regex", agent);
  return [
    error("regex-missing", root, {
      problem: `${key} is not set, so the default stays, which takes in pod NICs (veth, cali, lxc) besides the node's`,
      consequence: `Under ${environment.title} those show half of the traffic or none, and double what the node's NIC shows.`,
      mend: `Set ${key} to the NICs of the node, such as ^eth0$.`,
      source: "protocol.md 6.1, 6.4",
    }),
  ];
}

function interfaceList(root: Cursor, { agent }: Subject): Finding[] {
  const list = settingIn(root, "srcInterfaces", agent);
  if (list.items().some((item) => typeof item.value === "string" && item.value !== "")) return [];
  const key = keyFor("srcInterfaces", agent);
  return [
    error("src-interfaces-missing", list.kind === "absent" ? root : list, {
      problem: `${key} names no interface`,
      consequence: `${agent.name} agents in mirror mode capture from the interfaces of this list, so from none.`,
      mend: `List the NICs of the node: ${key}: [eth0].`,
      source: "protocol.md 6.1 (src-interfaces)",
    }),
  ];
}

function oldList(root: Cursor, { agent }: Subject): Finding[] {
  const list = settingIn(root, "srcInterfaces", agent);
  if (list.items().length === 0 || isWithin(agent, REGEX_VOID_UNDER_MIRROR)) return [];
  return [
    warning("src-interfaces-deprecated", list, {
      problem: `${list.path} is deprecated since v6.5`,
      consequence: "A later agent may not read it any more.",
      mend: `Name the interfaces in ${keyFor("regex", agent)} alone.`,
      source: "protocol.md 6.1",
    }),
  ];
}
