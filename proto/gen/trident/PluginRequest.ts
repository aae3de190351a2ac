// Original file: proto/trident.proto


export interface PluginRequest {
}

export interface PluginRequest__Output {
}
