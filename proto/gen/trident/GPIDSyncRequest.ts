// Original file: proto/trident.proto


export interface GPIDSyncRequest {
}

export interface GPIDSyncRequest__Output {
}
