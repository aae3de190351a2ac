// Original file: proto/agent.proto


export interface KubernetesAPIInfo {
  'type'?: (string);
  'info'?: (string);
  'compressed_info'?: (Buffer | Uint8Array | string);
}

export interface KubernetesAPIInfo__Output {
  'type'?: (string);
  'info'?: (string);
  'compressed_info'?: (Buffer);
}
