export type * from "./types.ts";
export { findRelease, releases } from "./releases.ts";
export { apiVersionOf, findResource, resourceKey, resourcesOf } from "./resources.ts";
export { coreVersions, group, groupList, groupsOf, resourceList, storageVersionHash } from "./discovery.ts";
export { aggregatedDiscovery } from "./aggregated.ts";
export { convert, toStorage } from "./convert.ts";
export { deprecationWarning } from "./deprecation.ts";
export { partialObjectMetadataOf } from "./partial.ts";
export { tableOf, type TableOptions } from "./table.ts";
