// Original file: proto/agent.proto


export interface DynamicConfig {
  'kubernetes_api_enabled'?: (boolean);
  'enabled'?: (boolean);
  'agent_id'?: (number);
}

export interface DynamicConfig__Output {
  'kubernetes_api_enabled'?: (boolean);
  'enabled'?: (boolean);
  'agent_id'?: (number);
}
