// Original file: proto/trident.proto


export interface RemoteExecRequest {
}

export interface RemoteExecRequest__Output {
}
