// Original file: proto/trident.proto


export interface PrometheusTargetResponse {
}

export interface PrometheusTargetResponse__Output {
}
