// Original file: proto/agent.proto


export interface NtpRequest {
  'request'?: (Buffer | Uint8Array | string);
}

export interface NtpRequest__Output {
  'request'?: (Buffer);
}
