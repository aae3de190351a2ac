// Original file: proto/trident.proto


export interface ShareGPIDSyncRequests {
}

export interface ShareGPIDSyncRequests__Output {
}
