// Original file: proto/agent.proto


export interface ShareGPIDSyncRequests {
}

export interface ShareGPIDSyncRequests__Output {
}
