export { type DetailedInventory, refusedInventory, takeInventory } from "./consumer/inventory.ts";
export { compareInventories, type InventoryDifference } from "./consumer/compare.ts";
export { podsLine } from "./consumer/summary.ts";
export type {
  DroppedObject,
  Inventory,
  InventoryCounts,
  KeptIngress,
  KeptPod,
  KeptService,
  KeptWorkload,
  Outcome,
  Resources,
  SnapshotEntry,
  StoredSnapshot,
} from "./consumer/types.ts";
export { kubernetesClusterId } from "./cluster-id/kubernetes-cluster-id.ts";
export { decide } from "./decision/decide.ts";
export { type ClusterState, newClusterState, type StoreRecord } from "./decision/state.ts";
export { liveRecord } from "./decision/store.ts";
export type { DecidingRow, Decision, DecisionContext, Envelope, PassedRow } from "./decision/types.ts";
export { noteWriter, type Writers, writersTrouble } from "./decision/writers.ts";
export { podIdentity } from "./identity/pod-identity.ts";
export { ingressFlavours } from "./kinds/ingress-flavours.ts";
export { mayBeOmitted } from "./kinds/may-be-omitted.ts";
export {
  isNamespaced,
  knownTypeNames,
  ownerKindsOf,
  readTypeNames,
  supportsOwner,
  typeNamesFor,
  uploadableResources,
  VERSION_INFO_TYPE,
} from "./kinds/type-names.ts";
export type { KubeObject } from "./json.ts";
export { defaultTarget, findTarget, isSince, otherTargets, targetIds } from "./targets/registry.ts";
export type { AbortRule, ConsumedResource, DropRule, GuardRule, SyncService, Target, TargetRules } from "./targets/types.ts";
export { syncTrouble } from "./troubles/sync-trouble.ts";
export type { Trouble, UploadedObject } from "./troubles/types.ts";
export { versionInfoTrouble } from "./troubles/version-info.ts";
export { comparedView, differingFields } from "./view/compared-view.ts";
export { internalIpOf } from "./view/normal-forms.ts";
