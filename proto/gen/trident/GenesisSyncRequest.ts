// Original file: proto/trident.proto


export interface GenesisSyncRequest {
}

export interface GenesisSyncRequest__Output {
}
