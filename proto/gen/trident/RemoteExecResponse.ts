// Original file: proto/trident.proto


export interface RemoteExecResponse {
}

export interface RemoteExecResponse__Output {
}
