import type { ClusterHand, HandAnswer, HandRequest } from "../driver.ts";
import type { KubeObject } from "../pod/api.ts";

/** A request that the fake was sent. */
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** A cluster's API as far as the drivers use it; its kubelet is the test. */
export interface FakeCluster {
  readonly hand: ClusterHand;
  readonly sent: readonly Sent[];
  /** A pod is as given from now on. */
  pod(pod: KubeObject): void;
  /** A pod is gone. */
  gone(name: string): void;
  /** What containers print. */
  says(text: string): void;
  /** Called with every request that changes something; what it returns is refused with. */
  onWrite(listener: (sent: Sent) => string | undefined | void): void;
}

const KINDS: Readonly<Record<string, readonly (readonly [string, string, boolean])[]>> = {
  "/api/v1": [
    ["Secret", "secrets", true],
    ["Pod", "pods", true],
    ["Namespace", "namespaces", false],
    ["ServiceAccount", "serviceaccounts", true],
  ],
  "/apis/apps/v1": [
    ["Deployment", "deployments", true],
    ["DaemonSet", "daemonsets", true],
  ],
  "/apis/rbac.authorization.k8s.io/v1": [["ClusterRole", "clusterroles", false]],
};

/** Starts one without pods. */
export function fakeCluster(): FakeCluster {
  const pods = new Map<string, KubeObject>();
  const watchers = new Set<(line: string) => void>();
  const sent: Sent[] = [];
  let said = "said in the pod\n";
  let onWrite: (sent: Sent) => string | undefined | void = () => undefined;
  const tell = (type: string, object: KubeObject) => {
    for (const watcher of watchers) watcher(`${JSON.stringify({ type, object })}\n`);
  };

  async function open(path: string, { method = "GET", body, signal }: HandRequest = {}): Promise<HandAnswer> {
    if (method !== "GET") {
      const request = { method, path, ...(body === undefined ? {} : { body }) };
      sent.push(request);
      const refusal = onWrite(request);
      if (typeof refusal === "string") return json(422, { kind: "Status", message: refusal });
      return json(method === "POST" ? 201 : 200, {});
    }
    if (path.includes("watch=true")) return { status: 200, body: watchBody(watchers, signal) };
    if (path.startsWith("/api/v1/pods")) return json(200, { metadata: { resourceVersion: "1" }, items: [...pods.values()] });
    if (path.startsWith("/api/v1/events")) {
      const items = [{ message: "exceeded quota", involvedObject: { kind: "ReplicaSet", name: "x" } }];
      return json(200, { items });
    }
    if (path.includes("/log?")) return { status: 200, body: pieces(said) };
    const kinds = KINDS[path];
    if (kinds === undefined) return json(404, { message: "the server could not find the requested resource" });
    return json(200, { resources: kinds.map(([kind, name, namespaced]) => ({ kind, name, namespaced })) });
  }

  return {
    hand: { open },
    sent,
    pod(pod) {
      const name = String(pod.metadata?.name);
      const known = pods.has(name);
      pods.set(name, pod);
      tell(known ? "MODIFIED" : "ADDED", pod);
    },
    gone(name) {
      const pod = pods.get(name);
      pods.delete(name);
      if (pod !== undefined) tell("DELETED", pod);
    },
    says(text) {
      said = text;
    },
    onWrite(listener) {
      onWrite = listener;
    },
  };
}

/** A pod as the API server shows it. @param status of its one container, and its phase */
export function fakePod(container: object, more: { readonly phase?: string; readonly leaving?: boolean } = {}): KubeObject {
  const { phase = "Running", leaving = false } = more;
  const ownerReferences = [{ kind: "ReplicaSet", name: "agent", controller: true }];
  return {
    metadata: {
      name: "agent-1",
      namespace: "run",
      uid: "u-1",
      ownerReferences,
      ...(leaving && { deletionTimestamp: "2024-01-01T00:00:00Z" }),
    },
    spec: { nodeName: "node-1" },
    status: { phase, containerStatuses: [{ name: "agent", ...container }] },
  };
}

function json(status: number, body: object): HandAnswer {
  return { status, body: pieces(JSON.stringify(body)) };
}

async function* pieces(text: string): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from(text);
}

async function* watchBody(watchers: Set<(line: string) => void>, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> {
  const lines: string[] = [];
  let wake = () => {};
  const watcher = (line: string) => {
    lines.push(line);
    wake();
  };
  watchers.add(watcher);
  try {
    for (;;) {
      if (signal?.aborted === true) return;
      const line = lines.shift();
      if (line !== undefined) yield Buffer.from(line);
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal?.addEventListener("abort", () => resolve(), { once: true });
        });
      }
    }
  } finally {
    watchers.delete(watcher);
  }
}
