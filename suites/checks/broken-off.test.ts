import { describe, expect, it } from "vitest";
import { judgeTranscript } from "../judge.ts";
import { features, profiles } from "../requirements/index.ts";
import { scenarios } from "../scenarios/index.ts";
import { type ApiActor, createApiActor, named, relabelled } from "./testing/api-actor.ts";

const old = named("legacy-4kd8z");
const first = named("web-7d4b9c6f5-d5x7k");
const isPod = ({ resource }: { readonly resource: string }) => resource === "pods";

/** An agent to which all kinds of things happen, before its first snapshot and afterwards. */
function live(a: ApiActor): void {
  a.begin();
  a.refused({ code: 500 }, "nodes", "list");
  a.lostBeat("nodes: 500");
  a.beat("nodes: 500");
  for (const resource of ["nodes", "namespaces", "replicasets.apps"]) a.list(resource);
  a.list("pods", { size: 2 });
  for (const resource of ["nodes", "pods"]) a.watch(resource);
  a.upload();
  a.lostBeat();
  a.beats(2);
  a.change("modified", relabelled(first, "seen"));
  a.upload();
  a.cut("pods");
  a.change("deleted", old);
  a.refused({ code: 429, retryAfterSeconds: 1 }, "pods");
  a.lostBeat("pods: 429");
  a.watch("pods");
  a.beats(2, "pods: 429");
  a.expire("pods");
  a.list("pods", { size: 2, pages: 1 });
  a.list("configmaps", { taken: "not" });
  a.get("secrets");
  a.upload("pods: gone", isPod);
  a.stall(500);
  a.upload();
  a.beats(2);
  a.exit();
}

describe("a transcript that breaks off", () => {
  it.each(scenarios.map(({ name }, index) => [name, index % 3] as const))("can be judged after any line of %s", (name, from) => {
    const actor = createApiActor(name, "KAS-*", { profiles, features });
    live(actor);
    const lines = actor.lines();
    const broken = lines.flatMap((_line, index) => {
      if (index % 3 !== from) return [];
      const { checks } = judgeTranscript(lines.slice(0, index + 1));
      return checks.filter(({ message }) => message.includes("the harness is at fault")).map(({ message }) => message);
    });
    expect(broken).toEqual([]);
  });
});
