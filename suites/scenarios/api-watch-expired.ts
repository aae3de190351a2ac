import type { ApiFaultSpec } from "../../cluster/index.ts";
import { awaitFirstUpload } from "./openings.ts";
import { laidIn, pod, relabel, stir, stirred } from "./trouble-objects.ts";
import type { Scenario, Step } from "./types.ts";

const script = (fault: ApiFaultSpec): Step => ({ step: "script-api-fault", fault });

/** The watch of Pods is held up before it is passed on, so that things change between the list and it. */
const lateWatch: ApiFaultSpec = { fault: "api-delay", ms: 1_500, verb: "watch", resources: ["pods"] };

/** The deletion of a pod never arrives. */
const lostEvent: ApiFaultSpec = { fault: "api-drop-event", type: "DELETED", resources: ["pods"], open: true };

const watching: readonly Step[] = [
  script({ fault: "api-delay", ms: 1_000, verb: "list", resources: ["pods"], page: "first" }),
  script({ fault: "api-small-pages", limit: 3, resources: ["pods"], times: 3 }),
  script({ fault: "api-expire-continue", resources: ["pods"] }),
  script(lateWatch),
  script({ fault: "api-error-event", resources: ["pods"], open: true }),
  ...stir("newcomer", "doomed", "expired"),
  // From now on the position of the watch is gone for good.
  { step: "compact" },
  { step: "await-fault", budget: "api", of: lateWatch },
  ...stir("newcomer-too", "doomed-too", "between"),
  { step: "await-fault", budget: "api" },
  ...stirred(["newcomer", "newcomer-too"], ["doomed", "doomed-too"]),
  { step: "clear-api-faults" },
  // The server loses an event: until the next list the agent cannot know.
  script(lostEvent),
  { step: "delete", objects: [{ as: "newcomer" }] },
  { step: "await-fault", budget: "api" },
  script(lateWatch),
  script({ fault: "api-error-event", resources: ["pods"], open: true }),
  { step: "await-fault", budget: "api", of: lateWatch },
  { step: "create", objects: [pod("last")] },
  { step: "change", changes: [relabel("changing", "compacted")] },
  // The position of that list is gone too, before the watch from there is passed on.
  { step: "compact" },
  { step: "await-fault", budget: "api" },
  ...stirred(["last"], ["newcomer"]),
];

/**
 * The watch of Pods expires; Pods come and go before the list that must follow, and between that and the next watch. Then
 * it expires after the server has lost an event, and the watch after the list expires at once.
 */
export const apiWatchExpired: Scenario = {
  name: "api-watch-expired",
  title: "lists again when a watch expired, and misses nothing before and after that list",
  profile: "kubernetes",
  throughProxy: true,
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    ...laidIn,
    ...watching.map((step): Step => ({ ...step, onlyFor: "watching" })),
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
