// Original file: proto/agent.proto


export interface UpgradeRequest {
}

export interface UpgradeRequest__Output {
}
