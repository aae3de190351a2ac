// Original file: proto/trident.proto


export interface PluginResponse {
}

export interface PluginResponse__Output {
}
