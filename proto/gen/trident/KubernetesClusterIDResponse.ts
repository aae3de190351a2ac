// Original file: proto/trident.proto


export interface KubernetesClusterIDResponse {
  'error_msg'?: (string);
  'cluster_id'?: (string);
}

export interface KubernetesClusterIDResponse__Output {
  'error_msg'?: (string);
  'cluster_id'?: (string);
}
