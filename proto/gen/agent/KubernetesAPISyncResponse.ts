// Original file: proto/agent.proto

import type { Long } from '@grpc/proto-loader';

export interface KubernetesAPISyncResponse {
  'version'?: (number | string | Long);
}

export interface KubernetesAPISyncResponse__Output {
  'version'?: (string);
}
