import type { AgentDriver, AgentRequest } from "../driver.ts";
import { powersLacking } from "../forms.ts";
import { fillPlaceholders, placeholderValues } from "../placeholders.ts";
import { ApiRefusal, type KubeObject } from "../pod/api.ts";
import { titleOf, unstartable } from "../pod/applied.ts";
import { insideOf, namingFor } from "../pod/driver.ts";
import { agentSecret } from "../pod/objects.ts";
import { ResourcePaths } from "../pod/resources.ts";
import { openInside } from "../pod/scenario.ts";
import { podTemplateOf } from "../pod/workload.ts";
import { patchObject, withNamespace } from "./patch.ts";
import { ManifestError, readManifest } from "./read.ts";

/**
 * Agents from a user's own manifest, applied for each scenario and removed after it.
 *
 * @param text YAML documents, placeholders not filled in
 * @param startTimeoutMs how long a pod may take until it runs
 */
export function manifestDriver(text: string, startTimeoutMs: number): AgentDriver {
  let count = 0;
  return {
    place: "pod",
    lacks: powersLacking("manifest", "pod"),
    jobs: Infinity,
    async open(request) {
      const inside = insideOf(request);
      const { hand } = inside;
      count += 1;
      const { podLabels, ...naming } = namingFor(inside, count);
      const { handout } = agentSecret(naming, request);
      const [filled = ""] = fillPlaceholders([text], placeholderValues(handout));
      const placed = await place(readOrRefuse(filled, request), new ResourcePaths(hand), naming.namespace, request);
      // Pods read Secrets of their own namespace alone; a Namespace of the manifest has to come before its Secret.
      const namespaces = placed.flatMap((object) =>
        podTemplateOf(object) === undefined ? [] : (object.metadata?.namespace ?? []),
      );
      const secrets = [...new Set(namespaces)].map((namespace) => agentSecret({ ...naming, namespace }, request).secret);
      const patched = placed.map((object) => patchObject(object, naming, podLabels, request.access));
      const objects = [
        ...patched.filter(({ kind }) => kind === "Namespace"),
        ...secrets,
        ...patched.filter(({ kind }) => kind !== "Namespace"),
      ];
      return openInside({ hand, objects, podLabels, args: [], startTimeoutMs }, request);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

function readOrRefuse(text: string, { recorder }: AgentRequest): readonly KubeObject[] {
  try {
    return readManifest(text);
  } catch (error) {
    if (error instanceof ManifestError) return unstartable(recorder, `the manifest cannot be used: ${error.message}`);
    throw error;
  }
}

async function place(
  objects: readonly KubeObject[],
  paths: ResourcePaths,
  namespace: string,
  { recorder }: AgentRequest,
): Promise<readonly KubeObject[]> {
  const placed: KubeObject[] = [];
  for (const object of objects) {
    try {
      placed.push(withNamespace(object, await paths.isNamespaced(object), namespace));
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      return unstartable(recorder, `the API server refuses ${titleOf(object)}: ${error.message}`);
    }
  }
  return placed;
}
