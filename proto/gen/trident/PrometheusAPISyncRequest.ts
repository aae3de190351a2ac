// Original file: proto/trident.proto


export interface PrometheusAPISyncRequest {
}

export interface PrometheusAPISyncRequest__Output {
}
