// Original file: proto/agent.proto


export interface GPIDSyncRequest {
}

export interface GPIDSyncRequest__Output {
}
