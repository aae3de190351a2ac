// Original file: proto/agent.proto


export interface KubernetesClusterIDRequest {
  'ca_md5'?: (string);
  'team_id'?: (string);
  'kubernetes_cluster_name'?: (string);
}

export interface KubernetesClusterIDRequest__Output {
  'ca_md5'?: (string);
  'team_id'?: (string);
  'kubernetes_cluster_name'?: (string);
}
