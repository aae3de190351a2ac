// Original file: proto/trident.proto


export interface PrometheusTargetRequest {
}

export interface PrometheusTargetRequest__Output {
}
