// Original file: proto/trident.proto


export interface NtpResponse {
}

export interface NtpResponse__Output {
}
