import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Stand-ins for `kind` and `docker` that keep clusters and volumes as files. Disposing removes them. */
export interface FakePrograms extends Disposable {
  /** What PATH must be, so that they are found. */
  readonly path: string;
  /** How `kind create cluster` behaves. */
  creating(how: "well" | "fail" | "hang"): void;
  /** The engine no longer answers. */
  stopEngine(): void;
  remove(program: "kind" | "docker"): void;
  /** A cluster that somebody else made, and a claim to it where labels are given. */
  add(cluster: string, labels?: Readonly<Record<string, string>>): void;
  clusters(): readonly string[];
  /** Names of the volumes by which clusters are claimed. */
  claims(): readonly string[];
  /** The commands that were run, one a line. */
  log(): string;
  /** What the last `kind create cluster` was given on standard input. */
  config(): string;
  /** Resolves when no creation hangs any more; to be called before one does. */
  untilLetGo(): Promise<void>;
  /** True once a creation hangs. */
  hangs(): boolean;
}

const KIND = `#!/bin/sh
echo "kind $*" >> "$FAKE/log"
case "$1 $2" in
  "get clusters") ls "$FAKE/clusters" ;;
  "get nodes") echo "$4-control-plane" ;;
  "get kubeconfig") sed "s/CLUSTER/kind-$4/g" "$FAKE/kubeconfig" ;;
  "create cluster")
    cat > "$FAKE/config"
    mkdir "$FAKE/clusters/$4" || exit 1
    case $(cat "$FAKE/creating") in
      fail) echo "ERROR: the disk is on fire" >&2; exit 1 ;;
      hang)
        [ ! -p "$FAKE/held" ] || exec 9> "$FAKE/held"
        touch "$FAKE/hangs"; sleep 60 ;;
    esac
    sed "s/CLUSTER/kind-$4/g" "$FAKE/kubeconfig" > "$6" ;;
  "delete cluster") rm -rf "$FAKE/clusters/$4" ;;
esac
`;

const DOCKER = `#!/bin/sh
echo "docker $*" >> "$FAKE/log"
if [ -e "$FAKE/stopped" ]; then echo "Cannot connect to the Docker daemon" >&2; exit 1; fi
case "$1 $2" in
  "info --format") echo "Debian GNU/Linux" ;;
  "network inspect") echo '[{"Subnet":"fc00::/64","Gateway":"fc00::1"},{"Subnet":"172.18.0.0/16","Gateway":"172.18.0.1"}]' ;;
  "volume create")
    shift 2; labels=""
    while [ "$1" = --label ]; do labels="$labels,\\"\${2%%=*}\\":\\"\${2#*=}\\""; shift 2; done
    [ -e "$FAKE/volumes/$1" ] || echo "{\${labels#,}}" > "$FAKE/volumes/$1" ;;
  "volume ls") ls "$FAKE/volumes" ;;
  "volume inspect") shift 4; for name; do echo "$name $(cat "$FAKE/volumes/$name")"; done ;;
  "volume rm") rm -f "$FAKE/volumes/$4" ;;
esac
`;

/** @param server the API server that every cluster has; its kubeconfig has contexts named CLUSTER */
export function fakePrograms(server: { readonly url: string; readonly caPem: string; readonly token: string }): FakePrograms {
  const folder = mkdtempSync(join(tmpdir(), "fake-kind-"));
  const bin = join(folder, "bin");
  for (const made of ["bin", "clusters", "volumes"]) mkdirSync(join(folder, made));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  for (const [name, script] of [["kind", KIND] as const, ["docker", DOCKER] as const]) {
    write(join("bin", name), script.replace("\n", `\nFAKE=${folder}\n`));
    chmodSync(join(bin, name), 0o755);
  }
  write("log", "");
  write("creating", "well");
  const named = { name: "CLUSTER" };
  const authority = Buffer.from(server.caPem).toString("base64");
  write(
    "kubeconfig",
    JSON.stringify({
      clusters: [{ ...named, cluster: { server: server.url, "certificate-authority-data": authority } }],
      users: [{ ...named, user: { token: server.token } }],
      contexts: [{ ...named, context: { cluster: "CLUSTER", user: "CLUSTER" } }],
    }),
  );
  return {
    path: [bin, process.env["PATH"]].join(delimiter),
    creating: (how) => write("creating", how),
    stopEngine: () => write("stopped", ""),
    remove: (program) => rmSync(join(bin, program)),
    add(cluster, labels) {
      mkdirSync(join(folder, "clusters", cluster));
      if (labels !== undefined) write(join("volumes", cluster), JSON.stringify(labels));
    },
    clusters: () => readdirSync(join(folder, "clusters")),
    claims: () => readdirSync(join(folder, "volumes")),
    log: () => readFileSync(join(folder, "log"), "utf8"),
    config: () => readFileSync(join(folder, "config"), "utf8"),
    async untilLetGo() {
      execFileSync("sh", ["-c", `mkfifo "$0"`, join(folder, "held")]);
      const held = createReadStream(join(folder, "held"));
      await once(held.resume(), "end");
    },
    hangs: () => existsSync(join(folder, "hangs")),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
