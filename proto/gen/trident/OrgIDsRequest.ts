// Original file: proto/trident.proto


export interface OrgIDsRequest {
}

export interface OrgIDsRequest__Output {
}
