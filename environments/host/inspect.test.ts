import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findEnvironment, type HostProfile } from "../index.ts";
import { inspectHost } from "./inspect.ts";

let folder: string;
let profile: HostProfile;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "host-"));
  const { host } = findEnvironment("non-root") ?? {};
  if (host === undefined) throw new Error("non-root is about a host");
  profile = host;
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A getcap and an id of our own, first on the path. */
function tools(getcap: string): void {
  for (const [name, body] of [
    ["getcap", getcap],
    ["id", "echo 4711"],
  ] as const) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  vi.stubEnv("PATH", `${folder}:${process.env["PATH"] ?? ""}`);
}

const inspect = (cgroupRoot: string) => inspectHost({ binary: join(folder, "agent"), user: "deepflow", profile, cgroupRoot });

describe("inspectHost", () => {
  it("asks getcap about the binary, and id about the user", async () => {
    tools('echo "$1 cap_net_raw=eip"');
    const facts = await inspect(folder);
    expect(facts.capabilities).toEqual({ text: `${join(folder, "agent")} cap_net_raw=eip\n` });
    expect(facts.user).toEqual({ name: "deepflow", uid: 4711 });
    expect(facts.binary).toEqual({ path: join(folder, "agent"), exists: false });
  });

  it("says why there is no answer", async () => {
    tools("echo no >&2; exit 3");
    expect((await inspect(folder)).capabilities).toEqual({ unknown: expect.stringContaining("getcap failed") });
  });

  it.each([
    ["v1", ["cpu/deepflow-agent", "memory"], [true, false]],
    ["v2", ["cgroup.controllers"], [false, false]],
    ["none", [], [false, false]],
  ])("tells cgroup %s", async (version, made, exists) => {
    for (const path of made) mkdirSync(join(folder, path), { recursive: true });
    const facts = await inspect(folder);
    expect(facts.cgroup).toBe(version);
    expect(facts.folders.map((fact) => [fact.path, fact.exists])).toEqual([
      [join(folder, "cpu/deepflow-agent"), exists[0]],
      [join(folder, "memory/deepflow-agent"), exists[1]],
    ]);
  });
});
