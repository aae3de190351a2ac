// Original file: proto/agent.proto


export interface RemoteExecResponse {
}

export interface RemoteExecResponse__Output {
}
