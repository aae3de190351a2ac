import type { Environment } from "../types.ts";
import { cceTurbo } from "./cce-turbo.ts";
import { cilium } from "./cilium.ts";
import { ipvlan } from "./ipvlan.ts";
import { macvlan } from "./macvlan.ts";
import { noApiserverDaemonset } from "./no-apiserver-daemonset.ts";
import { nonRoot } from "./non-root.ts";
import { opengauss } from "./opengauss.ts";
import { openkruise } from "./openkruise.ts";
import { openshift } from "./openshift.ts";
import { pseudoAgent } from "./pseudo-agent.ts";
import { terway } from "./terway.ts";
import { watchOnly } from "./watch-only.ts";

/** Every special environment, in the order of the documentation. Adding one is adding a file and a line. */
export const environments: readonly Environment[] = [
  macvlan,
  cceTurbo,
  ipvlan,
  cilium,
  terway,
  openshift,
  openkruise,
  opengauss,
  watchOnly,
  noApiserverDaemonset,
  pseudoAgent,
  nonRoot,
];
