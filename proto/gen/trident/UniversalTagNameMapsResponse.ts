// Original file: proto/trident.proto


export interface UniversalTagNameMapsResponse {
}

export interface UniversalTagNameMapsResponse__Output {
}
