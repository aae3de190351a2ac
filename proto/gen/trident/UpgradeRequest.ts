// Original file: proto/trident.proto


export interface UpgradeRequest {
}

export interface UpgradeRequest__Output {
}
