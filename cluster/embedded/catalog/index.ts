export type * from "./types.ts";
export { findRelease, releases } from "./releases.ts";
export { apiVersionOf, findResource, resourceKey, resourcesOf } from "./resources.ts";
export { coreVersions, group, groupList, groupsOf, resourceList, storageVersionHash } from "./discovery.ts";
export { convert } from "./convert.ts";
export { partialObjectMetadataOf } from "./partial.ts";
