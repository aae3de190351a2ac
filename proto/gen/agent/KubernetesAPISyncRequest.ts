// Original file: proto/agent.proto

import type { KubernetesAPIInfo as _agent_KubernetesAPIInfo, KubernetesAPIInfo__Output as _agent_KubernetesAPIInfo__Output } from '../agent/KubernetesAPIInfo.ts';
import type { Long } from '@grpc/proto-loader';

export interface KubernetesAPISyncRequest {
  'cluster_id'?: (string);
  'version'?: (number | string | Long);
  'error_msg'?: (string);
  'agent_id'?: (number);
  'source_ip'?: (string);
  'team_id'?: (string);
  'entries'?: (_agent_KubernetesAPIInfo)[];
}

export interface KubernetesAPISyncRequest__Output {
  'cluster_id'?: (string);
  'version'?: (string);
  'error_msg'?: (string);
  'agent_id'?: (number);
  'source_ip'?: (string);
  'team_id'?: (string);
  'entries'?: (_agent_KubernetesAPIInfo__Output)[];
}
