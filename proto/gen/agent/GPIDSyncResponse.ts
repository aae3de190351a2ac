// Original file: proto/agent.proto


export interface GPIDSyncResponse {
}

export interface GPIDSyncResponse__Output {
}
