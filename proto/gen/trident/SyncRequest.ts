// Original file: proto/trident.proto


export interface SyncRequest {
  'kubernetes_force_watch'?: (boolean);
}

export interface SyncRequest__Output {
  'kubernetes_force_watch'?: (boolean);
}
