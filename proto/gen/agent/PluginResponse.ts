// Original file: proto/agent.proto


export interface PluginResponse {
}

export interface PluginResponse__Output {
}
