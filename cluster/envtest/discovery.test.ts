import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbeddedCluster, type EmbeddedCluster } from "../embedded/start.ts";
import { findAssets } from "./assets.ts";
import { tokenAccess } from "../remote/access.ts";
import { AdminClient } from "../remote/client.ts";
import { startEnvtestCluster, type EnvtestCluster } from "./start.ts";

interface ApiGroup {
  readonly name: string;
  readonly versions: readonly { readonly groupVersion: string }[];
}

interface ApiResource {
  readonly name: string;
  readonly [field: string]: unknown;
}

/**
 * What the real server has and the embedded one leaves out, or the other way round, by path (`PATH NAME` for one resource),
 * each with the reason. Empty: the two agree in every document.
 */
const PROPERTIES_OF_THE_BUILD: Readonly<Record<string, string>> = {};

const unavailable = ((): string | undefined => {
  try {
    findAssets();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
})();

describe("discovery of the embedded server and of a real one of its version", () => {
  if (unavailable !== undefined) {
    it("needs KUBEBUILDER_ASSETS", ({ skip }) => skip(unavailable));
    return;
  }
  let real: EnvtestCluster;
  let embedded: EmbeddedCluster;
  let ask: (path: string) => Promise<{ readonly theirs: unknown; readonly ours: unknown }>;
  let paths: readonly string[];

  beforeAll(async () => {
    real = await startEnvtestCluster();
    embedded = await startEmbeddedCluster({ kubernetesVersion: real.version.startsWith("v1.20.") ? "1.20" : "1.30" });
    const [theirs, ours] = [real, embedded].map(
      ({ url, caPem, adminToken }) => new AdminClient(tokenAccess(url, caPem, adminToken)),
    );
    ask = async (path) => ({ theirs: await theirs?.call(path), ours: await ours?.call(path) });
    paths = await sharedPaths();
  }, 90_000);
  afterAll(async () => {
    await embedded?.[Symbol.asyncDispose]();
    await real?.[Symbol.asyncDispose]();
  });

  const minorOf = (version: string) => version.split(".").slice(0, 2).join(".");

  it("names the core version, and the groups in the same order with the same versions", async ({ skip }) => {
    if (minorOf(real.version) !== minorOf(embedded.version)) skip(`no embedded server is ${real.version}`);
    const core = await ask("/api");
    expect(withoutPort(core.ours)).toEqual(withoutPort(core.theirs));
    const { theirs, ours } = await ask("/apis");
    const known = (list: unknown) => (list as { groups: readonly ApiGroup[] }).groups.filter(({ name }) => !isProperty(name));
    expect(known(ours)).toEqual(known(theirs));
  });

  it("lists the same resources in the same order with the same fields", async ({ skip }) => {
    if (minorOf(real.version) !== minorOf(embedded.version)) skip(`no embedded server is ${real.version}`);
    let compared = 0;
    for (const path of paths) {
      const { theirs, ours } = await ask(path);
      expect(comparable(path, ours), path).toEqual(comparable(path, theirs));
      compared += ((theirs as { resources?: readonly unknown[] }).resources ?? []).length;
    }
    expect(paths.length).toBeGreaterThan(20);
    console.info(`${paths.length} documents of ${real.version} compared, with ${compared} resources`);
  });

  async function sharedPaths(): Promise<readonly string[]> {
    const { theirs } = await ask("/apis");
    const groups = (theirs as { groups: readonly ApiGroup[] }).groups.filter(({ name }) => !isProperty(name));
    return [
      "/api/v1",
      ...groups.flatMap(({ name, versions }) => [
        `/apis/${name}`,
        ...versions.map(({ groupVersion }) => `/apis/${groupVersion}`),
      ]),
    ];
  }
});

function isProperty(place: string): boolean {
  return PROPERTIES_OF_THE_BUILD[place] !== undefined;
}

/** A document of discovery; of each resource all but its storage hash, which says nothing to an agent. */
function comparable(path: string, document: unknown): unknown {
  const { resources, ...rest } = document as { readonly resources?: readonly ApiResource[] };
  if (resources === undefined) return rest;
  const kept = resources.filter(({ name }) => !isProperty(`${path} ${name}`));
  return {
    ...rest,
    resources: kept.map(({ storageVersionHash, ...fields }) => ({ ...fields, hashed: storageVersionHash !== undefined })),
  };
}

function withoutPort(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document).replaceAll(/(127\.0\.0\.1):\d+/g, "$1"));
}
