import { expect, it } from "vitest";
import type { KubeObject } from "../history/types.ts";
import { rollingUpdate } from "./rolling-update.ts";
import type { World } from "./types.ts";

const nowhere: World = {
  filled: () => [],
  made: () => {
    throw new Error("a patch of a ReplicaSet looks at no other object");
  },
};

it("writes each size of a ReplicaSet such that a real API server takes it", () => {
  const changes = rollingUpdate.steps.flatMap((step) => (step.step === "change" ? step.changes : []));
  const statuses = changes
    .filter(({ of }) => of.startsWith("set-"))
    .map(({ patch }) => (patch(nowhere) as { readonly status: KubeObject }).status);
  expect(statuses.map(({ replicas }) => replicas)).toEqual([1, 2, 2, 1, 3, 0]);
  // What is left out of a merge patch stays as it was: more may be ready then than there are.
  expect(statuses.map(({ readyReplicas }) => readyReplicas)).toEqual(statuses.map(({ replicas }) => replicas));
});
