import { isWithin, usesNewKeys } from "../agent-version.ts";
import { RESOURCE_LIST } from "../resources/supported.ts";
import { REGEX_VOID_UNDER_MIRROR } from "../rules/capture.ts";
import type { CaptureProfile, RenderContext, ResourceEntry } from "../types.ts";
import { comment } from "./text.ts";

const NICS = "The NICs of your nodes, and no others: see `ip -brief link` on a node. For two of them: ^(eth0|ens192)$.";

/** The group configuration in the keys of that agent. Source: protocol.md 6.1. */
export function groupConfigText(context: RenderContext): string {
  return (usesNewKeys(context.agent) ? newConfig(context) : oldConfig(context)).join("\n");
}

function oldConfig({ environment: { capture, resources }, agent }: RenderContext): string[] {
  const lines = [...comment("The id of the agent group: deepflow-ctl agent-group list"), "vtap_group_id: g-xxxxxx"];
  const fixed: string[] = [];
  if (capture !== undefined) {
    const byList = capture.captureMode !== 0 && isWithin(agent, REGEX_VOID_UNDER_MIRROR);
    if (byList)
      fixed.push(
        `  # The NICs of your nodes, and no others: see \`ip -brief link\` on a node.`,
        "  src-interfaces:",
        "    - eth0",
      );
    else lines.push(...comment(NICS), "tap_interface_regex: ^eth0$");
    lines.push(...comment(modeText(capture)), `tap_mode: ${capture.captureMode}`);
  }
  if (resources !== undefined) {
    if (isWithin(agent, RESOURCE_LIST)) fixed.push("  kubernetes-resources:", ...entryLines(resources, "    "));
    else
      fixed.push(
        "  # These agents know no resource list; this switches from Ingresses to Routes.",
        "  ingress-flavour: openshift",
      );
  }
  return fixed.length === 0 ? lines : [...lines, "static_config:", ...fixed];
}

function newConfig({ environment: { capture, resources } }: RenderContext): string[] {
  const lines = ["inputs:"];
  if (capture !== undefined) {
    lines.push(
      "  cbpf:",
      "    common:",
      ...comment(modeText(capture)).map((line) => `      ${line}`),
      `      capture_mode: ${capture.captureMode}`,
      "    af_packet:",
      ...comment(NICS).map((line) => `      ${line}`),
      "      interface_regex: ^eth0$",
    );
  }
  if (resources !== undefined)
    lines.push("  resources:", "    kubernetes:", "      api_resources:", ...entryLines(resources, "        "));
  return lines;
}

function modeText({ captureMode }: CaptureProfile): string {
  return captureMode === 1
    ? "1, virtual mirror: what the node's NIC shows counts as seen at the pods."
    : "0, local: what the node's NIC shows counts as seen at the node.";
}

function entryLines(resources: readonly ResourceEntry[], indent: string): string[] {
  return resources.flatMap(({ name, group, version, disabled }) => [
    `${indent}- name: ${name}`,
    ...(group === undefined ? [] : [`${indent}  group: ${group}`]),
    ...(version === undefined ? [] : [`${indent}  version: ${version}`]),
    ...(disabled === true ? [`${indent}  disabled: true`] : []),
  ]);
}
