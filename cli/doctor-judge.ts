/** Whether something can be used: a version or the like; or the reason, for people, why it cannot. */
export type Found = { readonly is: string } | { readonly why: string };

/** What was found on a machine. Undefined: it cannot be told here. */
export interface MachineFacts {
  /** `process.version`. */
  readonly node: string;
  /** The embedded API server and the mock server, started and asked. */
  readonly embedded: Found;
  readonly docker: Found;
  readonly kind: Found;
  /** The node image that a kind cluster would be of, where one is chosen: whether the engine has it. */
  readonly nodeImage?: { readonly name: string; readonly present: boolean };
  /** Folder with etcd and kube-apiserver. */
  readonly assets: Found;
  /** Names of the contexts of the user's kubeconfig files. */
  readonly contexts: readonly string[];
  readonly go: Found;
  /** Python with the modules of the example agent. */
  readonly python: Found;
  readonly inotify: { readonly instances?: number; readonly watches?: number };
  /** Free bytes where runs and temporary files are written, by folder. */
  readonly disk: readonly { readonly folder: string; readonly free: number }[];
  /** Soft limit of open files. */
  readonly descriptors?: number;
  /** The ports that `serve` takes by default. */
  readonly ports: readonly { readonly port: number; readonly free: boolean }[];
  /** Names of the proxy variables that are set, and whether NO_PROXY excepts this machine. */
  readonly proxies: { readonly set: readonly string[]; readonly exceptLoopback: boolean };
}

/** One line of the answer. */
export interface Diagnosis {
  /** Part of the API. */
  readonly id: string;
  readonly area: "clusters" | "agents" | "examples" | "machine";
  /** `works`: can be used; `limited`: may fail under load or in some cases; `missing`: cannot be used as things are. */
  readonly state: "works" | "limited" | "missing";
  readonly text: string;
  /** How to get it, or to mend it. */
  readonly remedy?: string;
}

/** What kind advises (kind.sigs.k8s.io, known issues: too many open files). */
const INOTIFY = { instances: 512, watches: 524_288 };
const GIB = 2 ** 30;
const RUN_BYTES = GIB / 2;
const KIND_BYTES = 4 * GIB;
const DESCRIPTORS = 1024;
const GET = {
  node: "install Node.js 20.19 or later: https://nodejs.org",
  docker: "install a Docker engine, start it, and let this user speak to it: https://docs.docker.com/engine/install/",
  kind: "install kind: https://kind.sigs.k8s.io/docs/user/quick-start/#installation",
  assets:
    "fetch the binaries by setup-envtest (sigs.k8s.io/controller-runtime): " +
    "export KUBEBUILDER_ASSETS=$(setup-envtest use -p path 1.30.x)",
  context: "have a kubeconfig (--kubeconfig FILE, KUBECONFIG or ~/.kube/config), and name one of its contexts by --context",
};

/** What can be used on a machine, in a fixed order. Pure. */
export function diagnose(facts: MachineFacts): readonly Diagnosis[] {
  return [...clusters(facts), ...agents(facts), ...examples(facts), ...machine(facts)];
}

/** Whether the way that `run` takes by default works. Pure. */
export function isUsable(diagnoses: readonly Diagnosis[]): boolean {
  return diagnoses.every(({ id, state }) => !["node", "embedded"].includes(id) || state !== "missing");
}

function clusters(facts: MachineFacts): readonly Diagnosis[] {
  const { embedded, assets, contexts } = facts;
  return [
    row("clusters", "embedded", embedded, (is) => is, "this is what every run needs; mend what it says"),
    row("clusters", "envtest", assets, (is) => `etcd and kube-apiserver in ${is}`, GET.assets),
    kindCluster(facts),
    contexts.length === 0
      ? { ...missing("clusters", "kubeconfig", "no kubeconfig with a context"), remedy: GET.context }
      : works("clusters", "kubeconfig", `${contexts.length} contexts to choose from by --context: ${listed(contexts)}`),
  ];
}

function kindCluster({ docker, kind, nodeImage }: MachineFacts): Diagnosis {
  if ("why" in kind) return { ...missing("clusters", "kind", kind.why), remedy: GET.kind };
  if ("why" in docker)
    return { ...missing("clusters", "kind", `kind is there, but not Docker: ${docker.why}`), remedy: GET.docker };
  const base = `${kind.is}, Docker ${docker.is}`;
  if (nodeImage === undefined) return works("clusters", "kind", `${base}, kind's own node image`);
  if (nodeImage.present) return works("clusters", "kind", `${base}, node image ${nodeImage.name}`);
  return {
    ...limited("clusters", "kind", `${base}; node image ${nodeImage.name} is not in the engine, so kind has to pull it`),
    remedy: `docker pull ${nodeImage.name}, or name another by --node-image or KIND_NODE_IMAGE`,
  };
}

function agents({ docker, kind, contexts }: MachineFacts): readonly Diagnosis[] {
  const somewhere = ("is" in kind && "is" in docker) || contexts.length > 0;
  const pods = "a cluster that runs pods: --cluster kind or kubeconfig";
  return [
    works("agents", "reference", "--agent reference, the project's own"),
    works("agents", "command", "a command after --"),
    row("agents", "image", docker, (is) => `--image IMAGE, by Docker ${is}`, GET.docker),
    somewhere
      ? works("agents", "manifest", `--manifest FILE, in ${pods}`)
      : { ...missing("agents", "manifest", `--manifest FILE needs ${pods}`), remedy: GET.kind },
    works("agents", "attach", "--attach, to an agent that is started by hand"),
  ];
}

function examples({ go, python }: MachineFacts): readonly Diagnosis[] {
  return [
    row("examples", "go", go, (is) => `agents/examples/go, by ${is}`, "install Go: https://go.dev/dl/"),
    row(
      "examples",
      "python",
      python,
      (is) => `agents/examples/python, by ${is}`,
      "pip install -r agents/examples/python/requirements.txt; on Debian: apt-get install python3-grpcio python3-protobuf python3-yaml",
    ),
  ];
}

function machine(facts: MachineFacts): readonly Diagnosis[] {
  return [nodeVersion(facts.node), ...inotify(facts), ...disk(facts), ...descriptors(facts), ...ports(facts), proxies(facts)];
}

function nodeVersion(version: string): Diagnosis {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return works("machine", "node", `Node.js ${version}`);
  return { ...missing("machine", "node", `Node.js ${version} is too old`), remedy: GET.node };
}

function inotify({ inotify: { instances, watches } }: MachineFacts): readonly Diagnosis[] {
  if (instances === undefined || watches === undefined) return [];
  const text = `inotify: ${instances} instances, ${watches} watches a user`;
  if (instances >= INOTIFY.instances && watches >= INOTIFY.watches) return [works("machine", "inotify", text)];
  const remedy = `sysctl fs.inotify.max_user_instances=${INOTIFY.instances} fs.inotify.max_user_watches=${INOTIFY.watches}`;
  return [{ ...limited("machine", "inotify", `${text}: few for kind clusters of several nodes`), remedy }];
}

function disk({ disk: folders }: MachineFacts): readonly Diagnosis[] {
  return folders.map(({ folder, free }) => {
    const text = `${(free / GIB).toFixed(1)} GiB free in ${folder}`;
    if (free < RUN_BYTES) return { ...limited("machine", "disk", `${text}: little for transcripts`), remedy: "free some space" };
    if (free < KIND_BYTES)
      return { ...limited("machine", "disk", `${text}: little for kind clusters`), remedy: "free some space" };
    return works("machine", "disk", text);
  });
}

function descriptors({ descriptors: limit }: MachineFacts): readonly Diagnosis[] {
  if (limit === undefined) return [];
  if (limit >= DESCRIPTORS) return [works("machine", "descriptors", `${limit} open files`)];
  const text = `${limit} open files: few for scenarios side by side`;
  return [{ ...limited("machine", "descriptors", text), remedy: `ulimit -n ${DESCRIPTORS}, or run with --jobs 1` }];
}

function ports({ ports: asked }: MachineFacts): readonly Diagnosis[] {
  return asked.map(({ port, free }) => {
    if (free) return works("machine", `port-${port}`, `port ${port} is free for serve`);
    const text = `port ${port} is taken, which serve takes by default; run takes free ones`;
    return { ...limited("machine", `port-${port}`, text), remedy: "serve --listen HOST:PORT --control HOST:PORT" };
  });
}

/** Many HTTP and gRPC libraries heed these variables. */
function proxies({ proxies: { set, exceptLoopback } }: MachineFacts): Diagnosis {
  if (set.length === 0) return works("machine", "proxies", "no proxy is set");
  const names = set.join(", ");
  if (exceptLoopback) return works("machine", "proxies", `${names} set, this machine excepted by NO_PROXY`);
  return {
    ...limited("machine", "proxies", `${names} set: an agent may dial the mock server and the cluster through it`),
    remedy: "export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost",
  };
}

function row(area: Diagnosis["area"], id: string, found: Found, tell: (is: string) => string, remedy: string): Diagnosis {
  return "is" in found ? works(area, id, tell(found.is)) : { ...missing(area, id, found.why), remedy };
}

function works(area: Diagnosis["area"], id: string, text: string): Diagnosis {
  return { id, area, state: "works", text };
}

function limited(area: Diagnosis["area"], id: string, text: string): Diagnosis {
  return { id, area, state: "limited", text };
}

function missing(area: Diagnosis["area"], id: string, text: string): Diagnosis {
  return { id, area, state: "missing", text };
}

function listed(names: readonly string[]): string {
  return names.length <= 5 ? names.join(", ") : `${names.slice(0, 5).join(", ")} …`;
}
