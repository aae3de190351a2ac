import type { ApiFaultSpec } from "../../cluster/index.ts";
import { workload } from "./objects.ts";
import { awaitFirstUpload } from "./openings.ts";
import { addNamespace } from "./recovery-objects.ts";
import { laidIn, NAMESPACE, pod, relabel, stir, stirred } from "./trouble-objects.ts";
import type { Recipe, Scenario, Step } from "./types.ts";

const script = (fault: ApiFaultSpec): Step => ({ step: "script-api-fault", fault, onlyFor: "watching" });

/** The next watch of a kind begins late, so that things change while there is none. */
const late = (resource: string): Step => script({ fault: "api-delay", ms: 1_000, verb: "watch", resources: [resource] });

const onlyWatching = (steps: readonly Step[]): readonly Step[] => steps.map((step) => ({ ...step, onlyFor: "watching" }));

/** Made while the watch that would tell of it is asked for and not answered. */
const unanswered: Recipe = {
  as: "unanswered",
  resource: "deployments.apps",
  build: () => workload("Deployment", { name: "unanswered", namespace: NAMESPACE, app: "unanswered" }, { replicas: 1 }),
};

/**
 * Watches end in every way: cleanly, by a reset, frozen before, with the connection, and while a server makes clients leave;
 * and one that is asked for again gets no answer for a while.
 */
export const apiWatchCut: Scenario = {
  name: "api-watch-cut",
  title: "takes up again every watch that was cut, with or without notice, and misses nothing",
  profile: "kubernetes",
  throughProxy: true,
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    ...laidIn,
    late("pods"),
    late("statefulsets.apps"),
    script({ fault: "api-reset", resources: ["pods"], open: true }),
    script({ fault: "api-end-watch", resources: ["statefulsets.apps"], open: true }),
    script({ fault: "api-freeze-watch", resources: ["namespaces"], open: true }),
    script({ fault: "api-stall", verb: "watch", resources: ["deployments.apps"] }),
    script({ fault: "api-end-watch", resources: ["deployments.apps"], open: true }),
    ...onlyWatching(stir("newcomer", "doomed", "reset")),
    {
      step: "change",
      onlyFor: "watching",
      changes: [{ of: "owner", patch: () => ({ spec: { replicas: 9 } }) }],
    },
    ...onlyWatching([addNamespace("frozen")]),
    { step: "await-fault", budget: "api" },
    { step: "create", objects: [unanswered], onlyFor: "watching" },
    { step: "clear-api-faults" },
    ...onlyWatching(stirred(["newcomer"], ["doomed"])),
    ...onlyWatching([{ step: "await-shown", objects: ["owner", "frozen", "unanswered"], budget: "api", essential: true }]),
    late("pods"),
    script({ fault: "api-goaway", verb: "watch", resources: ["namespaces"] }),
    { step: "cut-api-connections" },
    ...onlyWatching(stir("newcomer-too", "doomed-too", "cut")),
    ...onlyWatching([addNamespace("cut")]),
    { step: "await-fault", budget: "api" },
    ...onlyWatching(stirred(["newcomer-too"], ["doomed-too"])),
    ...onlyWatching([{ step: "await-shown", objects: ["cut"], budget: "api", essential: true }]),
    script({ fault: "api-duplicate-event", type: "ADDED", resources: ["pods"], open: true }),
    { step: "create", objects: [pod("last")], onlyFor: "watching" },
    { step: "change", changes: [relabel("changing", "after")] },
    { step: "await-shown", objects: ["changing"], budget: "api" },
    { step: "await-fault", budget: "api" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
