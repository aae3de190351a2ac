// Original file: proto/trident.proto


export interface UpgradeResponse {
  'status'?: (number);
}

export interface UpgradeResponse__Output {
  'status'?: (number);
}
