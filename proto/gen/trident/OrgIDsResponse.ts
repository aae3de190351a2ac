// Original file: proto/trident.proto


export interface OrgIDsResponse {
}

export interface OrgIDsResponse__Output {
}
