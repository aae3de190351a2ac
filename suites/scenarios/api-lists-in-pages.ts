import type { ApiFaultSpec } from "../../cluster/index.ts";
import { awaitFirstUpload } from "./openings.ts";
import { relabel, stock } from "./trouble-objects.ts";
import type { Scenario, Step } from "./types.ts";

const script = (fault: ApiFaultSpec): Step => ({ step: "script-api-fault", fault });

const latePage: ApiFaultSpec = { fault: "api-delay", ms: 1_000, verb: "list", resources: ["pods"], page: "further" };

/** An agent starts while its lists come in small pages, late, broken off, or not at all at first. */
export const apiListsInPages: Scenario = {
  name: "api-lists-in-pages",
  title: "sends nothing before every list was read to its last page, whatever happens to them",
  profile: "kubernetes",
  throughProxy: true,
  steps: [
    { step: "create", objects: stock },
    // Small ones, since no cluster is too small for them, and few, since none is too large.
    script({ fault: "api-small-pages", limit: 3, resources: ["pods"], times: 6 }),
    script({ fault: "api-small-pages", limit: 3, resources: ["namespaces"], times: 6 }),
    script({ fault: "api-delay", ms: 2_500, verb: "list", resources: ["nodes"] }),
    script({ fault: "api-status", code: 500, resources: ["namespaces"], times: 2 }),
    script({ fault: "api-truncate", verb: "list", resources: ["deployments.apps"] }),
    script(latePage),
    script({ fault: "api-expire-continue", resources: ["pods"] }),
    { step: "start-agent" },
    { step: "await-fault", budget: "start", of: latePage },
    // Of the first page, which is on its way; then its token expires.
    { step: "delete", objects: [{ as: "doomed" }] },
    { step: "change", changes: [relabel("changing", "paged")] },
    ...awaitFirstUpload,
    { step: "await-fault", budget: "api" },
    { step: "await-gone", objects: ["doomed"], budget: "api" },
    { step: "await-shown", objects: ["changing"], budget: "api" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
