// Original file: proto/agent.proto


export interface UpgradeResponse {
  'status'?: (number);
}

export interface UpgradeResponse__Output {
  'status'?: (number);
}
