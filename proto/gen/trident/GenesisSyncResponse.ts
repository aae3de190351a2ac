// Original file: proto/trident.proto


export interface GenesisSyncResponse {
}

export interface GenesisSyncResponse__Output {
}
