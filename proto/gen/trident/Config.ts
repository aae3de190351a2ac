// Original file: proto/trident.proto


export interface Config {
  'enabled'?: (boolean);
  'kubernetes_api_enabled'?: (boolean);
  'vtap_id'?: (number);
}

export interface Config__Output {
  'enabled'?: (boolean);
  'kubernetes_api_enabled'?: (boolean);
  'vtap_id'?: (number);
}
