import type { AgentAccess } from "../driver.ts";
import type { KubeObject } from "../pod/api.ts";
import { PATCH } from "../pod/applied.ts";
import { filesMount, inClusterPointer, type Naming } from "../pod/objects.ts";
import { podTemplateOf, withPodTemplate } from "../pod/workload.ts";

/** The kubelet shall not kill before the harness has measured how long the agent takes to leave. */
const SHORTEST_GRACE_S = 30;

interface PodSpec {
  readonly terminationGracePeriodSeconds?: number;
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly unknown[];
  readonly [field: string]: unknown;
}

interface Container {
  readonly name?: string;
  readonly env?: readonly { readonly name?: string }[];
  readonly volumeMounts?: readonly { readonly mountPath?: string }[];
  readonly [field: string]: unknown;
}

/** An object of the user's, and what was changed in it where that is more than labels. */
export type PatchedObject = KubeObject & { readonly [PATCH]?: unknown };

/**
 * The one patch of a user's manifest: every object is marked as the run's; pods are pointed to the API server of the run by
 * environment and credentials, have the agent's files, and are not killed by the kubelet before 30 s are over. Nothing else is
 * touched.
 *
 * @param object with its namespace, where it has one
 */
export function patchObject(object: KubeObject, naming: Naming, podLabels: Naming["labels"], access: AgentAccess): PatchedObject {
  const marked = withMarks(object, naming.labels, naming.annotations);
  const template = podTemplateOf(marked);
  if (template === undefined) return marked;
  const pointer = inClusterPointer(naming, access);
  const files = filesMount(naming);
  const spec = (template["spec"] ?? {}) as PodSpec;
  const added = {
    env: pointer.env,
    volumeMounts: [pointer.mount, files.mount],
  };
  const volumes = [pointer.volume, files.volume];
  const { terminationGracePeriodSeconds: grace = SHORTEST_GRACE_S } = spec;
  const own = {
    automountServiceAccountToken: false,
    ...(grace < SHORTEST_GRACE_S && { terminationGracePeriodSeconds: SHORTEST_GRACE_S }),
  };
  const patched = {
    ...withMarks(template, podLabels, {}),
    spec: {
      ...spec,
      ...own,
      containers: (spec.containers ?? []).map((container) => patchContainer(container, added)),
      ...(spec.initContainers && { initContainers: spec.initContainers.map((container) => patchContainer(container, added)) }),
      volumes: [...(spec.volumes ?? []), ...volumes],
    },
  };
  const containers = (spec.containers ?? []).map(({ name }) => ({ name, ...added }));
  const patch = { spec: { ...own, containers, volumes } };
  return { ...withPodTemplate(marked, patched), [PATCH]: object.kind === "Pod" ? patch : { spec: { template: patch } } };
}

/** What is added takes the place of what has the same name or the same path. */
function patchContainer(
  container: Container,
  added: { readonly env: readonly { name: string }[]; readonly volumeMounts: readonly object[] },
): Container {
  const names = new Set(added.env.map(({ name }) => name));
  const paths = new Set(added.volumeMounts.map((mount) => (mount as { mountPath?: string }).mountPath));
  return {
    ...container,
    env: [...(container.env ?? []).filter(({ name }) => !names.has(name ?? "")), ...added.env],
    volumeMounts: [...(container.volumeMounts ?? []).filter(({ mountPath }) => !paths.has(mountPath)), ...added.volumeMounts],
  };
}

function withMarks(object: KubeObject, labels: Naming["labels"], annotations: Naming["annotations"]): KubeObject {
  const { metadata = {} } = object;
  const present = (metadata["annotations"] ?? {}) as Naming["annotations"];
  const noted = Object.keys(annotations).length === 0 ? {} : { annotations: { ...present, ...annotations } };
  return { ...object, metadata: { ...metadata, labels: { ...metadata.labels, ...labels }, ...noted } };
}

/** The object in the run's namespace where it names none; the ServiceAccounts that a binding names, too. */
export function withNamespace(object: KubeObject, namespaced: boolean, namespace: string): KubeObject {
  const placed =
    namespaced && object.metadata?.namespace === undefined ? { ...object, metadata: { ...object.metadata, namespace } } : object;
  const subjects = placed["subjects"] as readonly { readonly kind?: string; readonly namespace?: string }[] | undefined;
  if (!Array.isArray(subjects)) return placed;
  return {
    ...placed,
    subjects: subjects.map((subject: { readonly kind?: string; readonly namespace?: string }) =>
      subject.kind === "ServiceAccount" && subject.namespace === undefined ? { ...subject, namespace } : subject,
    ),
  };
}
