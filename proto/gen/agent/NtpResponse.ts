// Original file: proto/agent.proto


export interface NtpResponse {
  'response'?: (Buffer | Uint8Array | string);
}

export interface NtpResponse__Output {
  'response'?: (Buffer);
}
