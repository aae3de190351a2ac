// Original file: proto/trident.proto


export interface UniversalTagNameMapsRequest {
}

export interface UniversalTagNameMapsRequest__Output {
}
