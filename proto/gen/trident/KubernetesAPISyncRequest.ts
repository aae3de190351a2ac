// Original file: proto/trident.proto

import type { KubernetesAPIInfo as _common_KubernetesAPIInfo, KubernetesAPIInfo__Output as _common_KubernetesAPIInfo__Output } from '../common/KubernetesAPIInfo.ts';
import type { Long } from '@grpc/proto-loader';

export interface KubernetesAPISyncRequest {
  'cluster_id'?: (string);
  'version'?: (number | string | Long);
  'error_msg'?: (string);
  'vtap_id'?: (number);
  'source_ip'?: (string);
  'team_id'?: (string);
  'entries'?: (_common_KubernetesAPIInfo)[];
}

export interface KubernetesAPISyncRequest__Output {
  'cluster_id'?: (string);
  'version'?: (string);
  'error_msg'?: (string);
  'vtap_id'?: (number);
  'source_ip'?: (string);
  'team_id'?: (string);
  'entries'?: (_common_KubernetesAPIInfo__Output)[];
}
