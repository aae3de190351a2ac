// Original file: proto/trident.proto


export interface PrometheusAPISyncResponse {
}

export interface PrometheusAPISyncResponse__Output {
}
