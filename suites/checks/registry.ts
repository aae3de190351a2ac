import {
  managedFieldsOut,
  nodeAndPodThere,
  nothingAborts,
  oneIngressFlavour,
  oneVersionInfo,
  podsStayApart,
} from "./consumer.ts";
import { keepsUpByWatching, onlyReads, otherKindsAlone } from "./api-manners.ts";
import { entriesLeftOut, firstSnapshotInTime, leavesOnSigterm, noErrorWhenWell, requestsKeepComing } from "./beats.ts";
import { snapshotsAreWhole, troubleIsNoDeletion } from "./api-trouble.ts";
import { changesShow } from "./change.ts";
import type { Check } from "./check.ts";
import { clusterIdAsked } from "./cluster-id.ts";
import { worksUnderClusterRole } from "./cluster-role.ts";
import { servedService } from "./connection.ts";
import { deletedGo, kindsBecomeEmpty } from "./deletion.ts";
import { failedSnapshotDelivered } from "./delivery.ts";
import { kindsAreStates } from "./delivered-state.ts";
import { errorGoesWithTrouble, errorsComeWithState, tellsOfTrouble } from "./error-messages.ts";
import { echoBringsEntries, echoKeepsVersion } from "./echo.ts";
import { documentShape, infoUnused, nothingAfterStream, oneJsonDocument, wholeZlibStream } from "./encoding.ts";
import { agentIdGiven, clusterIdGiven, clusterIdStays, sourceIpValid, teamIdUnset, versionGiven } from "./envelope.ts";
import { kruiseWorkloadsUploaded, routesForIngresses } from "./environments.ts";
import { identityThere, nothingInvented, onlyReadTypes, typeNameFits, uidsUnique } from "./identity.ts";
import { outlivesFaults, restartUploads } from "./lives.ts";
import { holdsNodesNamespacesPods, holdsWorkloads, namespacesThere, ownersKept } from "./presence.ts";
import { silentWhenTold } from "./not-watching.ts";
import { oneUploadsAtATime } from "./replicas.ts";
import { comesBack, noHotLoop, unansweredEnds } from "./reconnection.ts";
import { largeListsInPages, pagesReadToTheLast } from "./paging.ts";
import { heedsRetryAfter } from "./throttling.ts";
import { cutWatchResumes, expiredWatchListsAgain, nothingLostAfterList } from "./watches.ts";
import { completeInTime, underMessageLimit } from "./scale.ts";
import { singleFaultUntold } from "./single-faults.ts";
import { changeBringsVersion, fullUnderIdZero, versionMeansContent, versionsGrow, versionStays } from "./versions.ts";

/** Every check, one for each judged requirement. */
export const checks: readonly Check[] = [
  servedService,
  clusterIdGiven,
  clusterIdStays,
  sourceIpValid,
  agentIdGiven,
  teamIdUnset,
  versionGiven,
  changeBringsVersion,
  versionStays,
  versionMeansContent,
  versionsGrow,
  fullUnderIdZero,
  echoBringsEntries,
  echoKeepsVersion,
  holdsNodesNamespacesPods,
  holdsWorkloads,
  deletedGo,
  nothingInvented,
  changesShow,
  kindsBecomeEmpty,
  snapshotsAreWhole,
  troubleIsNoDeletion,
  entriesLeftOut,
  kindsAreStates,
  wholeZlibStream,
  nothingAfterStream,
  oneJsonDocument,
  documentShape,
  infoUnused,
  typeNameFits,
  identityThere,
  uidsUnique,
  namespacesThere,
  ownersKept,
  oneVersionInfo,
  nothingAborts,
  podsStayApart,
  managedFieldsOut,
  oneIngressFlavour,
  nodeAndPodThere,
  onlyReadTypes,
  tellsOfTrouble,
  errorsComeWithState,
  errorGoesWithTrouble,
  noErrorWhenWell,
  singleFaultUntold,
  firstSnapshotInTime,
  requestsKeepComing,
  leavesOnSigterm,
  keepsUpByWatching,
  expiredWatchListsAgain,
  nothingLostAfterList,
  cutWatchResumes,
  pagesReadToTheLast,
  largeListsInPages,
  onlyReads,
  heedsRetryAfter,
  routesForIngresses,
  kruiseWorkloadsUploaded,
  comesBack,
  noHotLoop,
  unansweredEnds,
  failedSnapshotDelivered,
  restartUploads,
  outlivesFaults,
  clusterIdAsked,
  worksUnderClusterRole,
  silentWhenTold,
  oneUploadsAtATime,
  underMessageLimit,
  completeInTime,
  otherKindsAlone,
];

const byId = new Map(checks.map((check) => [check.id, check]));

/** The check of a requirement; undefined where none is built. */
export function findCheck(id: string): Check | undefined {
  return byId.get(id);
}
