// Original file: proto/agent.proto

import type { Long } from '@grpc/proto-loader';

export interface GenesisSyncRequest {
  'version'?: (number | string | Long);
}

export interface GenesisSyncRequest__Output {
  'version'?: (string);
}
