/** What npm would publish, unpacked into another project: its bins run, its entry points load, its types hold. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly name: string;
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
};

/** Processes share two cores with the other tests. */
const BUDGET_MS = 120_000;
/** Every TypeScript project for Node has these. */
const TYPES_OF_NODE = ["@types/node", "undici-types"];

let project: string;
let installed: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "package-"));
  installed = join(project, "node_modules", manifest.name);
  mkdirSync(installed, { recursive: true });
  const npm = { cwd: ROOT, encoding: "utf8" as const, stdio: ["ignore", "pipe", "ignore"] as ["ignore", "pipe", "ignore"] };
  execFileSync("npm", ["pack", "--ignore-scripts", "--offline", "--silent", "--pack-destination", project], npm);
  const [tarball = ""] = readdirSync(project).filter((name) => name.endsWith(".tgz"));
  execFileSync("tar", ["-xzf", join(project, tarball), "-C", installed, "--strip-components=1"]);
  // Runtime dependencies and what they need, from the lock file: a package of the workbench does not resolve from here.
  for (const name of [...runtimePackages(), ...TYPES_OF_NODE]) {
    const link = join(project, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), link);
  }
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module", private: true }));
}, BUDGET_MS);

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("the package", { timeout: BUDGET_MS }, () => {
  it.each(Object.entries(manifest.bin))("runs %s", (_name, path) => {
    const run = (flag: string) => node(join(installed, path), flag);
    expect(run("--help")).toMatch(/^Usage: /);
  });

  it("tells its version", () => {
    expect(node(join(installed, manifest.bin[manifest.name] ?? ""), "--version").trim()).toBe(manifest.version);
  });

  it("starts the mock, a cluster and an agent in another project, which finds its objects stored", () => {
    writeFileSync(join(project, "use.mjs"), USE);
    expect(JSON.parse(node(join(project, "use.mjs")))).toEqual({
      namespaces: 4,
      cluster: "d-abc",
      requirement: "KAS-OBJ-1",
      renders: "function",
    });
  });

  it("has types that hold in another project", () => {
    writeFileSync(join(project, "use.ts"), TYPES);
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify(TSCONFIG));
    const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "..", "bin", "tsc");
    expect(complaints(() => node(tsc, "-p", project))).toBe("");
  });

  it("ships neither tests nor sources", () => {
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => /\.test\.|(?<!\.d)\.ts$/.test(file))).toEqual([]);
    expect(files).toContain("README.md");
  });
});

function node(...command: readonly string[]): string {
  return execFileSync(process.execPath, command, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** What the compiler prints of errors; nothing where all is well. */
function complaints(compile: () => void): string {
  try {
    compile();
    return "";
  } catch (error) {
    return String((error as { readonly stdout?: unknown }).stdout ?? error);
  }
}

/** Folders of node_modules that the lock file does not mark as for development alone; nested ones come with their parent. */
function runtimePackages(): readonly string[] {
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
  };
  return Object.entries(lock.packages)
    .filter(
      ([path, { dev }]) =>
        !TYPES_OF_NODE.includes(path.slice("node_modules/".length)) &&
        /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) &&
        dev !== true,
    )
    .map(([path]) => path.slice("node_modules/".length));
}

const USE = `
import { writeFileSync } from "node:fs";
import { startMockServer } from "deepflow-conformance/server-mock";
import { startEmbeddedCluster } from "deepflow-conformance/cluster";
import { findRequirement } from "deepflow-conformance/suites";
import { startPseudoAgent } from "deepflow-conformance/pseudo-agent";
import { renderJunit } from "deepflow-conformance";

let tell;
const stored = new Promise((resolve) => (tell = resolve));
const server = await startMockServer({ target: "v7.1", onJournal: ({ answer }) => answer.stored === "replaced" && tell(true) });
const cluster = await startEmbeddedCluster();
writeFileSync("kubeconfig", cluster.kubeconfig());
const agent = startPseudoAgent({ server: server.address, clusterId: "d-abc", agentId: 1, kubeconfig: "kubeconfig", log: () => {} });
await stored;
const [cluster0] = server.clusters();
console.log(JSON.stringify({
  namespaces: server.objects("d-abc", "*v1.Namespace").length,
  cluster: cluster0.clusterId,
  requirement: findRequirement("KAS-OBJ-1").id,
  renders: typeof renderJunit,
}));
await agent.stop();
await cluster[Symbol.asyncDispose]();
await server[Symbol.asyncDispose]();
`;

const TYPES = `
import type { Results } from "deepflow-conformance";
import { startMockServer, type MockServer } from "deepflow-conformance/server-mock";
import { startEmbeddedCluster, type EmbeddedCluster } from "deepflow-conformance/cluster";
import { judgeTranscript } from "deepflow-conformance/suites";
import { startPseudoAgent, type PseudoAgentOptions } from "deepflow-conformance/pseudo-agent";

export async function use(options: Omit<PseudoAgentOptions, "server">): Promise<readonly unknown[]> {
  await using server: MockServer = await startMockServer({ target: "v7.1" });
  await using cluster: EmbeddedCluster = await startEmbeddedCluster({ kubernetesVersion: "1.30" });
  await using agent = startPseudoAgent({ ...options, server: server.address });
  // @ts-expect-error a target is a string: the types are not any
  await startMockServer({ target: 5 });
  return [cluster.kubeconfig(), agent.metrics(), server.objects("d-abc")];
}
export const verdict = (lines: Parameters<typeof judgeTranscript>[0]): Results => judgeTranscript(lines);
`;

const TSCONFIG = {
  compilerOptions: {
    module: "nodenext",
    target: "es2022",
    lib: ["es2023", "esnext.disposable"],
    strict: true,
    noEmit: true,
    types: ["node"],
  },
  files: ["use.ts"],
};
