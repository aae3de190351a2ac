// Original file: proto/trident.proto


export interface PrometheusLabelRequest {
}

export interface PrometheusLabelRequest__Output {
}
