// Original file: proto/trident.proto


export interface UpgradeResponse {
}

export interface UpgradeResponse__Output {
}
