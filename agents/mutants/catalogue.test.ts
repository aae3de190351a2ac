import { describe, expect, it } from "vitest";
import { mutantCommand, startCommandAgent } from "../index.ts";
import { createEntryReader, type FindingCode } from "../../server-mock/ingest/index.ts";
import { loadMessage } from "../../proto/index.ts";
import { requirements, requirementsFor } from "../../suites/requirements/index.ts";
import { nullSink, openTranscript } from "../../transcript/index.ts";
import { mutants } from "./catalogue.ts";

describe("the catalogue", () => {
  it("names each mutant once", () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
    "%s fails requirements that exist, by one change",
    (_name, mutant) => {
      expect(mutant.fails.length).toBeGreaterThan(0);
      const { profiles, features } = mutant.run ?? { profiles: ["core"], features: [] };
      const ids = requirementsFor({ target: "v7.1", profiles, features }).map(({ id }) => id);
      for (const id of mutant.fails) expect(ids).toContain(id);
      const changes = [mutant.behaviour, mutant.settings, mutant.ignoresSigterm].filter((change) => change !== undefined);
      expect(changes).toHaveLength(1);
    },
  );

  it("names the threads of what real agents had so that anyone can find them", () => {
    const threads = mutants.flatMap(({ thread }) => thread ?? []);
    expect(threads.length).toBeGreaterThan(12);
    for (const thread of threads) expect(thread).toMatch(/^[a-z]+\/[a-z-]+#\d+$/);
  });

  it("has a mutant for every requirement that is judged", () => {
    const killed = new Set(mutants.flatMap(({ fails }) => fails));
    const judged = requirements.filter((requirement) => requirement.judged).map(({ id }) => id);
    expect(judged.length).toBeGreaterThan(40);
    expect(judged.filter((id) => !killed.has(id))).toEqual([]);
  });
});

describe("the encoding mutants", () => {
  const info = loadMessage("agent", "KubernetesAPIInfo");
  const object = { apiVersion: "v1", kind: "Pod", metadata: { uid: "u", name: "n", namespace: "ns" } };

  it.each<[string, FindingCode]>([
    ["gzip", "gzip"],
    ["raw-deflate", "raw-deflate"],
    ["plain", "plain"],
    ["truncated", "truncated"],
    ["wrong-checksum", "checksum"],
    ["trailing-bytes", "trailing-bytes"],
    ["byte-order-mark", "byte-order-mark"],
    ["two-documents", "several-documents"],
    ["invalid-utf8", "not-utf8"],
    ["info-field", "info-used"],
  ])("%s is found as %s and as nothing else", (name, code) => {
    const { encode } = mutants.find((mutant) => mutant.name === name)?.behaviour?.() ?? {};
    const entry = encode?.("*v1.Pod", object);
    const bytes = info.serialize({ type: entry?.type, info: entry?.info, compressed_info: entry?.compressedInfo });
    expect(
      createEntryReader()
        .read(bytes)
        .findings.map((finding) => finding.code),
    ).toEqual([code]);
  });
});

describe("a mutant as a process", () => {
  it("exits with 64 for a switch that does not exist, and names those that do", async () => {
    const transcript = openTranscript(nullSink());
    let heard = (_text: string) => {};
    const said = new Promise<string>((resolve) => (heard = resolve));
    transcript.subscribe((line) => line.kind === "output" && heard(String(line["text"])));
    const recorder = transcript.tenant("t");
    await using agent = await startCommandAgent({ command: mutantCommand("no-such-fault"), env: {}, recorder, life: 1 });
    expect(await agent.exited).toEqual({ code: 64, signal: null });
    expect(await said).toContain("ignore-sigterm");
  });
});
