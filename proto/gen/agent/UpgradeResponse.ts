// Original file: proto/agent.proto


export interface UpgradeResponse {
}

export interface UpgradeResponse__Output {
}
