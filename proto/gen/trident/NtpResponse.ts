// Original file: proto/trident.proto


export interface NtpResponse {
  'response'?: (Buffer | Uint8Array | string);
}

export interface NtpResponse__Output {
  'response'?: (Buffer);
}
