// Original file: proto/trident.proto

import type { Config as _trident_Config, Config__Output as _trident_Config__Output } from '../trident/Config.ts';

export interface SyncResponse {
  'config'?: (_trident_Config | null);
}

export interface SyncResponse__Output {
  'config'?: (_trident_Config__Output);
}
