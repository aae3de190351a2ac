import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { output, runProgram, type ProgramOptions } from "../run-program.ts";
import { ClusterUnavailableError } from "../unavailable.ts";

const KIND = "It makes Kubernetes clusters of containers: https://kind.sigs.k8s.io/docs/user/quick-start/#installation";
const DOCKER = "kind needs a Docker engine and its client: https://docs.docker.com/engine/install/";
/** For commands that only ask. */
const SHORT_MS = 30_000;
/** For commands that make or remove: an engine that has just dropped a cluster's layers may answer nothing else for a minute. */
const LONG_MS = 300_000;

/**
 * Creates a cluster and writes its administrator's kubeconfig to a file of its own. Where this process is killed meanwhile,
 * kind goes no further: it would go on behind the back of the next run, which deletes what there is of the cluster.
 */
export async function createCluster(
  name: string,
  request: {
    readonly kubeconfig: string;
    readonly config: string;
    readonly image: string | undefined;
    readonly budgetMs: number;
    /** Its nodes stay where it fails, so that their logs can be had. */
    readonly retain: boolean;
    readonly signal?: AbortSignal;
  },
): Promise<void> {
  const image = request.image === undefined ? [] : ["--image", request.image];
  const retain = request.retain ? ["--retain"] : [];
  const args = ["create", "cluster", "--name", name, "--kubeconfig", request.kubeconfig, "--config", "-", ...image, ...retain];
  await output("kind", args, { ...forKind(request.budgetMs, request.signal), guarded: true, input: request.config });
}

/** Deletes a cluster; no error where there is none. @param kubeconfig its own file, from which it is taken out */
export async function deleteCluster(name: string, kubeconfig: string): Promise<void> {
  await output("kind", ["delete", "cluster", "--name", name, "--kubeconfig", kubeconfig], forKind(LONG_MS));
}

/** Names of the clusters there are, ours and others. */
export async function listClusters(signal?: AbortSignal): Promise<readonly string[]> {
  return wordsOf(await output("kind", ["get", "clusters", "--quiet"], forKind(SHORT_MS, signal)));
}

/** Names of a cluster's nodes, which are those of its containers. */
export async function listNodes(name: string, signal?: AbortSignal): Promise<readonly string[]> {
  return wordsOf(await output("kind", ["get", "nodes", "--name", name, "--quiet"], forKind(SHORT_MS, signal)));
}

/** The administrator's kubeconfig of a cluster, as text. */
export async function readClusterKubeconfig(name: string, signal?: AbortSignal): Promise<string> {
  return output("kind", ["get", "kubeconfig", "--name", name], forKind(SHORT_MS, signal));
}

/** Copies images of this host's engine to nodes. @param nodes default: all */
export async function loadImages(
  name: string,
  images: readonly string[],
  nodes: readonly string[] = [],
  signal?: AbortSignal,
): Promise<void> {
  const chosen = nodes.length === 0 ? [] : ["--nodes", nodes.join(",")];
  await output("kind", ["load", "docker-image", ...images, "--name", name, ...chosen], forKind(LONG_MS, signal));
}

/** Writes the logs of nodes and pods into a folder: as many as there are, since one that cannot be had shall not cost the others. */
export async function exportLogs(name: string, folder: string, signal?: AbortSignal): Promise<void> {
  const { code, stderr } = await runProgram("kind", ["export", "logs", folder, "--name", name], forKind(LONG_MS, signal));
  if (code !== 0) await writeFile(join(folder, "missing.txt"), stderr).catch(() => {}); // not even the folder is there
}

/** @throws ClusterUnavailableError where kind is missing, or the engine is missing or does not answer */
export async function requirePrograms(signal?: AbortSignal): Promise<void> {
  await output("kind", ["version"], forKind(SHORT_MS, signal));
  const { code, stderr } = await runProgram("docker", ["version", "--format", "{{.Server.Version}}"], forDocker(signal));
  if (code !== 0) throw new ClusterUnavailableError(`the Docker engine does not answer: ${stderr.trim()}`);
}

/** What `docker` writes to stdout, where it only asks. */
export async function askDocker(args: readonly string[], signal?: AbortSignal): Promise<string> {
  return output("docker", args, forDocker(signal));
}

/** What `docker` writes to stdout, where it makes or removes something. */
export async function changeDocker(args: readonly string[], signal?: AbortSignal): Promise<string> {
  return output("docker", args, { ...forDocker(signal), budgetMs: LONG_MS });
}

function forKind(budgetMs: number, signal?: AbortSignal): ProgramOptions {
  return { budgetMs, howToGet: KIND, ...(signal === undefined ? {} : { signal }) };
}

function forDocker(signal?: AbortSignal): ProgramOptions {
  return { budgetMs: SHORT_MS, howToGet: DOCKER, ...(signal === undefined ? {} : { signal }) };
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
