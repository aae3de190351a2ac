// Original file: proto/agent.proto


export interface PluginRequest {
}

export interface PluginRequest__Output {
}
