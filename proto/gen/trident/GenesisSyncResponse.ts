// Original file: proto/trident.proto

import type { Long } from '@grpc/proto-loader';

export interface GenesisSyncResponse {
  'version'?: (number | string | Long);
}

export interface GenesisSyncResponse__Output {
  'version'?: (string);
}
