import { expect, it } from "vitest";
import { clustersOf } from "./clusters.ts";
import type { TableSubject } from "./subjects.ts";

function subject(name: string, ...features: readonly string[]): TableSubject {
  return {
    name,
    describes: "",
    choice: { profiles: ["core"], features },
    command: [],
    noWatchCommand: [],
    expects: { rule: "fails-none" },
  };
}

function namesOf(...subjects: readonly TableSubject[]) {
  return clustersOf(subjects).map((group) => [group.features, group.subjects.map(({ name }) => name)]);
}

it("keeps agents that need custom resources apart from those that would meet them for the first time", () => {
  expect(namesOf(subject("both", "openkruise", "openshift"), subject("plain"), subject("routes", "openshift"))).toEqual([
    [[], ["plain"]],
    [
      ["openshift", "openkruise"],
      ["both", "routes"],
    ],
  ]);
});

it("asks the cluster for nothing by features that are the agent's alone", () => {
  expect(namesOf(subject("ha", "ha"), subject("no-watch", "no-watch"))).toEqual([[[], ["ha", "no-watch"]]]);
});

it("opens no cluster that nobody needs", () => {
  expect(namesOf(subject("routes", "openshift"))).toEqual([[["openshift"], ["routes"]]]);
  expect(clustersOf([])).toEqual([]);
});
