// Original file: proto/trident.proto


export interface NtpRequest {
  'request'?: (Buffer | Uint8Array | string);
}

export interface NtpRequest__Output {
  'request'?: (Buffer);
}
