import { statfsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { findAssets } from "../cluster/envtest/assets.ts";
import { startEmbeddedCluster } from "../cluster/index.ts";
import { contextNames, kubeconfigFiles } from "../cluster/kubeconfig/read.ts";
import { runProgram } from "../cluster/run-program.ts";
import { startMockServer } from "../server-mock/index.ts";
import type { Found, MachineFacts } from "./doctor-judge.ts";

/** A program that does not answer within this is as good as missing. */
const ANSWER_MS = 10_000;
/** The ports of `serve`. */
const PORTS = [20_035, 20_080];
const PYTHON = "import sys, grpc, google.protobuf, yaml; print('Python ' + sys.version.split()[0])";

/** Looks at this machine. Starts the embedded way for a moment; changes nothing. */
export async function lookAtMachine(environment: NodeJS.ProcessEnv = process.env): Promise<MachineFacts> {
  const image = environment["KIND_NODE_IMAGE"] ?? "";
  const [embedded, docker, kind, present, go, python, ports] = await Promise.all([
    tryEmbedded(),
    program("docker", ["version", "--format", "{{.Server.Version}}"], "the Docker engine does not answer"),
    program("kind", ["version"]),
    image === "" ? undefined : program("docker", ["image", "inspect", "--format", "{{.Id}}", image]),
    program("go", ["version"]),
    program("python3", ["-c", PYTHON], "python3 lacks modules of the example"),
    Promise.all(PORTS.map(async (port) => ({ port, free: await isFree(port) }))),
  ]);
  return {
    node: process.version,
    embedded,
    docker,
    kind: "is" in kind ? { is: kind.is.split(" ").slice(0, 2).join(" ") } : kind,
    ...(present === undefined ? {} : { nodeImage: { name: image, present: "is" in present } }),
    assets: tryAssets(),
    contexts: tryContexts(),
    go: "is" in go ? { is: go.is.split(" ").slice(0, 3).join(" ") } : go,
    python,
    inotify: {
      ...numbered("instances", "/proc/sys/fs/inotify/max_user_instances", /^(\d+)/),
      ...numbered("watches", "/proc/sys/fs/inotify/max_user_watches", /^(\d+)/),
    },
    disk: [...new Set([process.cwd(), tmpdir()])].flatMap(freeBytes),
    ...numbered("descriptors", "/proc/self/limits", /^Max open files\s+(\d+)/m),
    ports,
    proxies: proxiesIn(environment),
  };
}

async function tryEmbedded(): Promise<Found> {
  try {
    await using cluster = await startEmbeddedCluster();
    await using mock = await startMockServer({ port: 0 });
    return { is: `an API server in this process (${cluster.version}), and the mock server (${mock.target})` };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

function tryAssets(): Found {
  try {
    findAssets();
    return { is: process.env["KUBEBUILDER_ASSETS"] ?? "" };
  } catch (error) {
    // How to get them is the judge's to say.
    return { why: (error instanceof Error ? error.message : String(error)).replace(/[.:] .*$/s, "") };
  }
}

function tryContexts(): readonly string[] {
  try {
    return contextNames(kubeconfigFiles());
  } catch {
    return []; // none is there, or none that can be read
  }
}

/** The first line of what a program writes. */
async function program(name: string, args: readonly string[], failing = `${name} fails`): Promise<Found> {
  try {
    const { code, stdout, stderr } = await runProgram(name, args, { budgetMs: ANSWER_MS, howToGet: "" });
    const [line = ""] = (code === 0 ? stdout : stderr)
      .trim()
      .split("\n")
      .slice(code === 0 ? 0 : -1);
    return code === 0 ? { is: line } : { why: `${failing}: ${line}` };
  } catch (error) {
    return { why: (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, "") };
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

function freeBytes(folder: string): readonly { readonly folder: string; readonly free: number }[] {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return [{ folder, free: bavail * bsize }];
  } catch {
    return [];
  }
}

/** A number out of a file of /proc; nothing on systems without it, or where there is no limit. */
function numbered<K extends string>(key: K, file: string, pattern: RegExp): { readonly [P in K]?: number } {
  try {
    const found = pattern.exec(readFileSync(file, "utf8"))?.[1];
    return found === undefined ? {} : ({ [key]: Number(found) } as { [P in K]: number });
  } catch {
    return {};
  }
}

/** What gRPC and HTTP libraries heed, in both spellings. */
function proxiesIn(environment: NodeJS.ProcessEnv): MachineFacts["proxies"] {
  const names = ["http_proxy", "https_proxy", "all_proxy", "grpc_proxy"].flatMap((name) => [name, name.toUpperCase()]);
  const excepted = `${environment["NO_PROXY"] ?? ""},${environment["no_proxy"] ?? ""}`.split(",").map((name) => name.trim());
  return {
    set: names.filter((name) => (environment[name] ?? "") !== ""),
    exceptLoopback: excepted.some((name) => ["*", "127.0.0.1", "127.0.0.0/8"].includes(name)),
  };
}
