import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { KubernetesAPIInfo as _common_KubernetesAPIInfo, KubernetesAPIInfo__Output as _common_KubernetesAPIInfo__Output } from './common/KubernetesAPIInfo.ts';
import type { Config as _trident_Config, Config__Output as _trident_Config__Output } from './trident/Config.ts';
import type { GPIDSyncRequest as _trident_GPIDSyncRequest, GPIDSyncRequest__Output as _trident_GPIDSyncRequest__Output } from './trident/GPIDSyncRequest.ts';
import type { GPIDSyncResponse as _trident_GPIDSyncResponse, GPIDSyncResponse__Output as _trident_GPIDSyncResponse__Output } from './trident/GPIDSyncResponse.ts';
import type { GenesisSyncRequest as _trident_GenesisSyncRequest, GenesisSyncRequest__Output as _trident_GenesisSyncRequest__Output } from './trident/GenesisSyncRequest.ts';
import type { GenesisSyncResponse as _trident_GenesisSyncResponse, GenesisSyncResponse__Output as _trident_GenesisSyncResponse__Output } from './trident/GenesisSyncResponse.ts';
import type { KubernetesAPISyncRequest as _trident_KubernetesAPISyncRequest, KubernetesAPISyncRequest__Output as _trident_KubernetesAPISyncRequest__Output } from './trident/KubernetesAPISyncRequest.ts';
import type { KubernetesAPISyncResponse as _trident_KubernetesAPISyncResponse, KubernetesAPISyncResponse__Output as _trident_KubernetesAPISyncResponse__Output } from './trident/KubernetesAPISyncResponse.ts';
import type { KubernetesClusterIDRequest as _trident_KubernetesClusterIDRequest, KubernetesClusterIDRequest__Output as _trident_KubernetesClusterIDRequest__Output } from './trident/KubernetesClusterIDRequest.ts';
import type { KubernetesClusterIDResponse as _trident_KubernetesClusterIDResponse, KubernetesClusterIDResponse__Output as _trident_KubernetesClusterIDResponse__Output } from './trident/KubernetesClusterIDResponse.ts';
import type { NtpRequest as _trident_NtpRequest, NtpRequest__Output as _trident_NtpRequest__Output } from './trident/NtpRequest.ts';
import type { NtpResponse as _trident_NtpResponse, NtpResponse__Output as _trident_NtpResponse__Output } from './trident/NtpResponse.ts';
import type { OrgIDsRequest as _trident_OrgIDsRequest, OrgIDsRequest__Output as _trident_OrgIDsRequest__Output } from './trident/OrgIDsRequest.ts';
import type { OrgIDsResponse as _trident_OrgIDsResponse, OrgIDsResponse__Output as _trident_OrgIDsResponse__Output } from './trident/OrgIDsResponse.ts';
import type { PluginRequest as _trident_PluginRequest, PluginRequest__Output as _trident_PluginRequest__Output } from './trident/PluginRequest.ts';
import type { PluginResponse as _trident_PluginResponse, PluginResponse__Output as _trident_PluginResponse__Output } from './trident/PluginResponse.ts';
import type { PrometheusAPISyncRequest as _trident_PrometheusAPISyncRequest, PrometheusAPISyncRequest__Output as _trident_PrometheusAPISyncRequest__Output } from './trident/PrometheusAPISyncRequest.ts';
import type { PrometheusAPISyncResponse as _trident_PrometheusAPISyncResponse, PrometheusAPISyncResponse__Output as _trident_PrometheusAPISyncResponse__Output } from './trident/PrometheusAPISyncResponse.ts';
import type { PrometheusLabelRequest as _trident_PrometheusLabelRequest, PrometheusLabelRequest__Output as _trident_PrometheusLabelRequest__Output } from './trident/PrometheusLabelRequest.ts';
import type { PrometheusLabelResponse as _trident_PrometheusLabelResponse, PrometheusLabelResponse__Output as _trident_PrometheusLabelResponse__Output } from './trident/PrometheusLabelResponse.ts';
import type { PrometheusTargetRequest as _trident_PrometheusTargetRequest, PrometheusTargetRequest__Output as _trident_PrometheusTargetRequest__Output } from './trident/PrometheusTargetRequest.ts';
import type { PrometheusTargetResponse as _trident_PrometheusTargetResponse, PrometheusTargetResponse__Output as _trident_PrometheusTargetResponse__Output } from './trident/PrometheusTargetResponse.ts';
import type { RemoteExecRequest as _trident_RemoteExecRequest, RemoteExecRequest__Output as _trident_RemoteExecRequest__Output } from './trident/RemoteExecRequest.ts';
import type { RemoteExecResponse as _trident_RemoteExecResponse, RemoteExecResponse__Output as _trident_RemoteExecResponse__Output } from './trident/RemoteExecResponse.ts';
import type { ShareGPIDSyncRequests as _trident_ShareGPIDSyncRequests, ShareGPIDSyncRequests__Output as _trident_ShareGPIDSyncRequests__Output } from './trident/ShareGPIDSyncRequests.ts';
import type { SyncRequest as _trident_SyncRequest, SyncRequest__Output as _trident_SyncRequest__Output } from './trident/SyncRequest.ts';
import type { SyncResponse as _trident_SyncResponse, SyncResponse__Output as _trident_SyncResponse__Output } from './trident/SyncResponse.ts';
import type { SynchronizerClient as _trident_SynchronizerClient, SynchronizerDefinition as _trident_SynchronizerDefinition } from './trident/Synchronizer.ts';
import type { UniversalTagNameMapsRequest as _trident_UniversalTagNameMapsRequest, UniversalTagNameMapsRequest__Output as _trident_UniversalTagNameMapsRequest__Output } from './trident/UniversalTagNameMapsRequest.ts';
import type { UniversalTagNameMapsResponse as _trident_UniversalTagNameMapsResponse, UniversalTagNameMapsResponse__Output as _trident_UniversalTagNameMapsResponse__Output } from './trident/UniversalTagNameMapsResponse.ts';
import type { UpgradeRequest as _trident_UpgradeRequest, UpgradeRequest__Output as _trident_UpgradeRequest__Output } from './trident/UpgradeRequest.ts';
import type { UpgradeResponse as _trident_UpgradeResponse, UpgradeResponse__Output as _trident_UpgradeResponse__Output } from './trident/UpgradeResponse.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  common: {
    KubernetesAPIInfo: MessageTypeDefinition<_common_KubernetesAPIInfo, _common_KubernetesAPIInfo__Output>
  }
  trident: {
    Config: MessageTypeDefinition<_trident_Config, _trident_Config__Output>
    GPIDSyncRequest: MessageTypeDefinition<_trident_GPIDSyncRequest, _trident_GPIDSyncRequest__Output>
    GPIDSyncResponse: MessageTypeDefinition<_trident_GPIDSyncResponse, _trident_GPIDSyncResponse__Output>
    GenesisSyncRequest: MessageTypeDefinition<_trident_GenesisSyncRequest, _trident_GenesisSyncRequest__Output>
    GenesisSyncResponse: MessageTypeDefinition<_trident_GenesisSyncResponse, _trident_GenesisSyncResponse__Output>
    KubernetesAPISyncRequest: MessageTypeDefinition<_trident_KubernetesAPISyncRequest, _trident_KubernetesAPISyncRequest__Output>
    KubernetesAPISyncResponse: MessageTypeDefinition<_trident_KubernetesAPISyncResponse, _trident_KubernetesAPISyncResponse__Output>
    KubernetesClusterIDRequest: MessageTypeDefinition<_trident_KubernetesClusterIDRequest, _trident_KubernetesClusterIDRequest__Output>
    KubernetesClusterIDResponse: MessageTypeDefinition<_trident_KubernetesClusterIDResponse, _trident_KubernetesClusterIDResponse__Output>
    NtpRequest: MessageTypeDefinition<_trident_NtpRequest, _trident_NtpRequest__Output>
    NtpResponse: MessageTypeDefinition<_trident_NtpResponse, _trident_NtpResponse__Output>
    OrgIDsRequest: MessageTypeDefinition<_trident_OrgIDsRequest, _trident_OrgIDsRequest__Output>
    OrgIDsResponse: MessageTypeDefinition<_trident_OrgIDsResponse, _trident_OrgIDsResponse__Output>
    PluginRequest: MessageTypeDefinition<_trident_PluginRequest, _trident_PluginRequest__Output>
    PluginResponse: MessageTypeDefinition<_trident_PluginResponse, _trident_PluginResponse__Output>
    PrometheusAPISyncRequest: MessageTypeDefinition<_trident_PrometheusAPISyncRequest, _trident_PrometheusAPISyncRequest__Output>
    PrometheusAPISyncResponse: MessageTypeDefinition<_trident_PrometheusAPISyncResponse, _trident_PrometheusAPISyncResponse__Output>
    PrometheusLabelRequest: MessageTypeDefinition<_trident_PrometheusLabelRequest, _trident_PrometheusLabelRequest__Output>
    PrometheusLabelResponse: MessageTypeDefinition<_trident_PrometheusLabelResponse, _trident_PrometheusLabelResponse__Output>
    PrometheusTargetRequest: MessageTypeDefinition<_trident_PrometheusTargetRequest, _trident_PrometheusTargetRequest__Output>
    PrometheusTargetResponse: MessageTypeDefinition<_trident_PrometheusTargetResponse, _trident_PrometheusTargetResponse__Output>
    RemoteExecRequest: MessageTypeDefinition<_trident_RemoteExecRequest, _trident_RemoteExecRequest__Output>
    RemoteExecResponse: MessageTypeDefinition<_trident_RemoteExecResponse, _trident_RemoteExecResponse__Output>
    ShareGPIDSyncRequests: MessageTypeDefinition<_trident_ShareGPIDSyncRequests, _trident_ShareGPIDSyncRequests__Output>
    SyncRequest: MessageTypeDefinition<_trident_SyncRequest, _trident_SyncRequest__Output>
    SyncResponse: MessageTypeDefinition<_trident_SyncResponse, _trident_SyncResponse__Output>
    Synchronizer: SubtypeConstructor<typeof grpc.Client, _trident_SynchronizerClient> & { service: _trident_SynchronizerDefinition }
    UniversalTagNameMapsRequest: MessageTypeDefinition<_trident_UniversalTagNameMapsRequest, _trident_UniversalTagNameMapsRequest__Output>
    UniversalTagNameMapsResponse: MessageTypeDefinition<_trident_UniversalTagNameMapsResponse, _trident_UniversalTagNameMapsResponse__Output>
    UpgradeRequest: MessageTypeDefinition<_trident_UpgradeRequest, _trident_UpgradeRequest__Output>
    UpgradeResponse: MessageTypeDefinition<_trident_UpgradeResponse, _trident_UpgradeResponse__Output>
  }
}

