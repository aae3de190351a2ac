// Original file: proto/trident.proto


export interface NtpRequest {
}

export interface NtpRequest__Output {
}
