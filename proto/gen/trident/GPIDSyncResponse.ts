// Original file: proto/trident.proto


export interface GPIDSyncResponse {
}

export interface GPIDSyncResponse__Output {
}
