import { at, isObject } from "../json.ts";
import { internalIpOf } from "../view/normal-forms.ts";
import type { Gathering } from "./gathering.ts";
import type { KeptNode } from "./types.ts";

/** Nodes with an InternalIP; of capacity, whole cpus and memory in Ki count. Source: protocol.md 4.2. */
export function gatherNodes(gathering: Gathering): KeptNode[] {
  const uids = new Set<string>();
  return gathering.of("*v1.Node").flatMap((uploaded): readonly KeptNode[] => {
    const { object } = uploaded;
    const identity = gathering.place(uploaded, false);
    if (!identity) return [];
    const address = internalIpOf(object);
    if (address === "" && gathering.drop(uploaded, "node-without-internal-ip", "status.addresses has no InternalIP")) return [];
    if (!gathering.keep(uploaded, uids)) return [];
    const cpu = at(object, "status", "capacity", "cpu");
    const cpus = wholeNumber(cpu);
    if (cpu !== undefined && cpus === undefined)
      gathering.reduce(
        identity,
        "node-cpu",
        "cpu",
        `status.capacity.cpu ${JSON.stringify(cpu)} is no whole number and counts as 0`,
      );
    const memory = at(object, "status", "capacity", "memory");
    const memoryKi = typeof memory === "string" ? wholeNumber(/^(.*)Ki$/.exec(memory)?.[1]) : undefined;
    if (memory !== undefined && memoryKi === undefined)
      gathering.reduce(
        identity,
        "node-memory",
        "memory",
        `status.capacity.memory ${JSON.stringify(memory)} is not in Ki and counts as 0`,
      );
    const labels = at(object, "metadata", "labels");
    const master = gathering.target.masterLabels.some((label) => isObject(labels) && Object.hasOwn(labels, label));
    return [{ ...identity, address, master, cpus: cpus ?? 0, memoryKi: memoryKi ?? 0 }];
  });
}

function wholeNumber(text: unknown): number | undefined {
  return typeof text === "string" && /^\d+$/.test(text) ? Number(text) : undefined;
}
