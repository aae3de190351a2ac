import { describe, expect, it } from "vitest";
import { judgeTranscript } from "../judge.ts";
import { play, type Quirks } from "./testing/play.ts";
import { filling } from "./testing/world.ts";

/** As when a kubelet tries again to get an image: no server reads it, so no agent need show it. */
const retried: Quirks["atLast"] = (tenant) => {
  const pod = filling.find(({ resource }) => resource === "pods");
  if (pod === undefined) throw new Error("there is no pod");
  const status = { ...(pod.object["status"] as object), message: "Back-off pulling image" };
  tenant.commit("modified", { ...pod, object: { ...pod.object, status } });
};

const watched = (quirks: Quirks) => judgeTranscript(play(quirks)).checks.find(({ id }) => id === "KAS-WATCH-1");

describe("a cluster in which something changes by itself", () => {
  it("is judged by the longest quiet window whose end shows", () => {
    expect(watched({ atLast: retried })).toMatchObject({ verdict: "pass" });
  });

  it("is one in which polling shows all the same", () => {
    expect(watched({ atLast: retried, polls: true })).toMatchObject({ verdict: "fail" });
  });
});
