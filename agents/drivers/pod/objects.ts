import { agentFilesIn } from "../agent-files.ts";
import type { AgentAccess, AgentRequest } from "../driver.ts";
import { agentEnvironment, fillPlaceholders, placeholderValues, type AgentHandout } from "../placeholders.ts";
import type { KubeObject } from "./api.ts";

/** Where an agent in a pod finds its files. */
const FILES_FOLDER = "/deepflow-conformance";
/** Where client libraries look for a pod's own credentials. */
const SERVICE_ACCOUNT_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

/** What agents of one scenario have in the cluster, by name. */
export interface Naming {
  readonly namespace: string;
  /** Of every object that is made for the scenario; unique in the namespace. */
  readonly name: string;
  /** On every object, and on every pod. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What points an unmodified client library to the API server that the agent shall use. */
export interface InClusterPointer {
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly volume: KubeObject;
  readonly mount: KubeObject;
}

/** Environment and volume in place of those that the kubelet and the API server give every pod. */
export function inClusterPointer({ name }: Naming, { url }: AgentAccess): InClusterPointer {
  const { hostname, port } = new URL(url);
  return {
    env: [
      { name: "KUBERNETES_SERVICE_HOST", value: hostname.replace(/^\[|\]$/g, "") },
      { name: "KUBERNETES_SERVICE_PORT", value: port === "" ? "443" : port },
      { name: "KUBERNETES_SERVICE_PORT_HTTPS", value: port === "" ? "443" : port },
    ],
    volume: {
      name: "deepflow-conformance-credentials",
      projected: {
        sources: [
          {
            secret: {
              name,
              items: [
                { key: "ca.crt", path: "ca.crt" },
                { key: "token", path: "token" },
              ],
            },
          },
          { downwardAPI: { items: [{ path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } }] } },
        ],
      },
    },
    mount: { name: "deepflow-conformance-credentials", mountPath: SERVICE_ACCOUNT_FOLDER, readOnly: true },
  };
}

/** The agent's files, as a volume of a pod. */
export function filesMount({ name }: Naming): { readonly volume: KubeObject; readonly mount: KubeObject } {
  return {
    volume: { name: "deepflow-conformance-files", secret: { secretName: name } },
    mount: { name: "deepflow-conformance-files", mountPath: FILES_FOLDER, readOnly: true },
  };
}

/** What an agent in a pod is handed, and the Secret that its files come from: kubeconfig, CA, token, configuration. */
export function agentSecret(
  { namespace, name, labels, annotations }: Naming,
  request: Pick<AgentRequest, "settings" | "access" | "template">,
): { readonly handout: AgentHandout; readonly secret: KubeObject } {
  const { files, handout } = agentFilesIn(FILES_FOLDER, request);
  const stringData = { ...Object.fromEntries(files.map((file) => [file.name, file.text])), token: request.access.token };
  return {
    handout,
    secret: { apiVersion: "v1", kind: "Secret", metadata: { namespace, name, labels, annotations }, stringData },
  };
}

/**
 * A Deployment of one pod that runs the image; it rolls out by Recreate, so that never two of them upload.
 *
 * @param args in place of the image's, placeholders not filled in; none: the image's
 */
export function agentDeployment(
  naming: Naming,
  image: string,
  args: readonly string[],
  handout: AgentHandout,
  access: AgentAccess,
): KubeObject {
  const { namespace, name, labels, annotations } = naming;
  const pointer = inClusterPointer(naming, access);
  const files = filesMount(naming);
  const told = Object.entries(agentEnvironment(handout)).flatMap(([key, value]) =>
    value === undefined ? [] : [{ name: key, value }],
  );
  const container = {
    name: "agent",
    image,
    imagePullPolicy: "IfNotPresent",
    ...(args.length === 0 ? {} : { args: fillPlaceholders(args, placeholderValues(handout)) }),
    env: [...told, ...pointer.env],
    volumeMounts: [pointer.mount, files.mount],
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace, name, labels, annotations },
    spec: {
      replicas: 1,
      strategy: { type: "Recreate" },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          containers: [container],
          volumes: [pointer.volume, files.volume],
        },
      },
    },
  };
}
