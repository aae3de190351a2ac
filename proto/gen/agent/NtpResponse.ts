// Original file: proto/agent.proto


export interface NtpResponse {
}

export interface NtpResponse__Output {
}
