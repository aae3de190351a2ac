// Original file: proto/agent.proto


export interface GenesisSyncResponse {
}

export interface GenesisSyncResponse__Output {
}
