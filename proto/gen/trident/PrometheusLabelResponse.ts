// Original file: proto/trident.proto


export interface PrometheusLabelResponse {
}

export interface PrometheusLabelResponse__Output {
}
