// Original file: proto/agent.proto


export interface SyncRequest {
  'kubernetes_watch_policy'?: (number);
}

export interface SyncRequest__Output {
  'kubernetes_watch_policy'?: (number);
}
