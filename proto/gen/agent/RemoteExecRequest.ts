// Original file: proto/agent.proto


export interface RemoteExecRequest {
}

export interface RemoteExecRequest__Output {
}
