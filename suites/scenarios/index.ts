import { agentPaused } from "./agent-paused.ts";
import { agentRestarts } from "./agent-restarts.ts";
import { anotherWriter } from "./another-writer.ts";
import { answerLost } from "./answer-lost.ts";
import { apiAllRefused } from "./api-all-refused.ts";
import { apiKindRefused } from "./api-kind-refused.ts";
import { apiListStale } from "./api-list-stale.ts";
import { apiListsInPages } from "./api-lists-in-pages.ts";
import { apiServerDown } from "./api-server-down.ts";
import { apiThrottled } from "./api-throttled.ts";
import { apiWatchCut } from "./api-watch-cut.ts";
import { apiWatchExpired } from "./api-watch-expired.ts";
import { burst } from "./burst.ts";
import { callUnanswered } from "./call-unanswered.ts";
import { clusterIdAsked } from "./cluster-id-asked.ts";
import { clusterRole } from "./cluster-role.ts";
import { environmentOpenkruise } from "./environment-openkruise.ts";
import { environmentOpenshift } from "./environment-openshift.ts";
import { firstSnapshot } from "./first-snapshot.ts";
import { heldVersionLost } from "./held-version-lost.ts";
import { largeCluster } from "./large-cluster.ts";
import { lifeOfObjects } from "./life-of-objects.ts";
import { longQuiet } from "./long-quiet.ts";
import { notWatching } from "./not-watching.ts";
import { oddObjects } from "./odd-objects.ts";
import { requestCut } from "./request-cut.ts";
import { replicas } from "./replicas.ts";
import { rollingUpdate } from "./rolling-update.ts";
import { serverErrors } from "./server-errors.ts";
import { serverSlow } from "./server-slow.ts";
import { serverRestarts } from "./server-restarts.ts";
import type { Scenario } from "./types.ts";

export { whyUntold } from "./powers.ts";
export type { Scenario, Step, World } from "./types.ts";

/** Every scenario there is, in the order in which they are listed and reported. */
export const scenarios: readonly Scenario[] = [
  firstSnapshot,
  lifeOfObjects,
  heldVersionLost,
  serverRestarts,
  serverErrors,
  callUnanswered,
  answerLost,
  requestCut,
  agentRestarts,
  anotherWriter,
  longQuiet,
  serverSlow,
  agentPaused,
  rollingUpdate,
  apiKindRefused,
  apiAllRefused,
  apiServerDown,
  apiThrottled,
  apiWatchCut,
  apiWatchExpired,
  apiListsInPages,
  apiListStale,
  environmentOpenshift,
  environmentOpenkruise,
  clusterIdAsked,
  clusterRole,
  notWatching,
  replicas,
  largeCluster,
  oddObjects,
  burst,
];

/** The scenario of this name. */
export function findScenario(name: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.name === name);
}

/** The scenarios that belong to any of these profiles; `all` means every one. */
export function scenariosOf(profiles: readonly string[]): readonly Scenario[] {
  return scenarios.filter((scenario) => profiles.includes("all") || profiles.includes(scenario.profile));
}
