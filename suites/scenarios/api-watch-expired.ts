import type { ApiFaultSpec } from "../../cluster/index.ts";
import { awaitFirstUpload } from "./openings.ts";
import { laidIn, stir, stirred } from "./trouble-objects.ts";
import type { Scenario, Step } from "./types.ts";

const script = (fault: ApiFaultSpec): Step => ({ step: "script-api-fault", fault });

/** The watch of Pods is held up before it is passed on, so that things change between the list and it. */
const lateWatch: ApiFaultSpec = { fault: "api-delay", ms: 1_500, verb: "watch", resources: ["pods"] };

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
];

/** The watch of Pods expires; Pods come and go before the list that must follow, and between that and the next watch. */
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
