// Original file: proto/agent.proto

import type { DynamicConfig as _agent_DynamicConfig, DynamicConfig__Output as _agent_DynamicConfig__Output } from '../agent/DynamicConfig.ts';

export interface SyncResponse {
  'user_config'?: (string);
  'dynamic_config'?: (_agent_DynamicConfig | null);
}

export interface SyncResponse__Output {
  'user_config'?: (string);
  'dynamic_config'?: (_agent_DynamicConfig__Output);
}
