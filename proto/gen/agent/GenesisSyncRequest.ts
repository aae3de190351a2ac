// Original file: proto/agent.proto


export interface GenesisSyncRequest {
}

export interface GenesisSyncRequest__Output {
}
