// Original file: proto/agent.proto


export interface NtpRequest {
}

export interface NtpRequest__Output {
}
