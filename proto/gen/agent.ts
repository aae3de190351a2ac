import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { DynamicConfig as _agent_DynamicConfig, DynamicConfig__Output as _agent_DynamicConfig__Output } from './agent/DynamicConfig.ts';
import type { GPIDSyncRequest as _agent_GPIDSyncRequest, GPIDSyncRequest__Output as _agent_GPIDSyncRequest__Output } from './agent/GPIDSyncRequest.ts';
import type { GPIDSyncResponse as _agent_GPIDSyncResponse, GPIDSyncResponse__Output as _agent_GPIDSyncResponse__Output } from './agent/GPIDSyncResponse.ts';
import type { GenesisSyncRequest as _agent_GenesisSyncRequest, GenesisSyncRequest__Output as _agent_GenesisSyncRequest__Output } from './agent/GenesisSyncRequest.ts';
import type { GenesisSyncResponse as _agent_GenesisSyncResponse, GenesisSyncResponse__Output as _agent_GenesisSyncResponse__Output } from './agent/GenesisSyncResponse.ts';
import type { KubernetesAPIInfo as _agent_KubernetesAPIInfo, KubernetesAPIInfo__Output as _agent_KubernetesAPIInfo__Output } from './agent/KubernetesAPIInfo.ts';
import type { KubernetesAPISyncRequest as _agent_KubernetesAPISyncRequest, KubernetesAPISyncRequest__Output as _agent_KubernetesAPISyncRequest__Output } from './agent/KubernetesAPISyncRequest.ts';
import type { KubernetesAPISyncResponse as _agent_KubernetesAPISyncResponse, KubernetesAPISyncResponse__Output as _agent_KubernetesAPISyncResponse__Output } from './agent/KubernetesAPISyncResponse.ts';
import type { KubernetesClusterIDRequest as _agent_KubernetesClusterIDRequest, KubernetesClusterIDRequest__Output as _agent_KubernetesClusterIDRequest__Output } from './agent/KubernetesClusterIDRequest.ts';
import type { KubernetesClusterIDResponse as _agent_KubernetesClusterIDResponse, KubernetesClusterIDResponse__Output as _agent_KubernetesClusterIDResponse__Output } from './agent/KubernetesClusterIDResponse.ts';
import type { NtpRequest as _agent_NtpRequest, NtpRequest__Output as _agent_NtpRequest__Output } from './agent/NtpRequest.ts';
import type { NtpResponse as _agent_NtpResponse, NtpResponse__Output as _agent_NtpResponse__Output } from './agent/NtpResponse.ts';
import type { PluginRequest as _agent_PluginRequest, PluginRequest__Output as _agent_PluginRequest__Output } from './agent/PluginRequest.ts';
import type { PluginResponse as _agent_PluginResponse, PluginResponse__Output as _agent_PluginResponse__Output } from './agent/PluginResponse.ts';
import type { RemoteExecRequest as _agent_RemoteExecRequest, RemoteExecRequest__Output as _agent_RemoteExecRequest__Output } from './agent/RemoteExecRequest.ts';
import type { RemoteExecResponse as _agent_RemoteExecResponse, RemoteExecResponse__Output as _agent_RemoteExecResponse__Output } from './agent/RemoteExecResponse.ts';
import type { ShareGPIDSyncRequests as _agent_ShareGPIDSyncRequests, ShareGPIDSyncRequests__Output as _agent_ShareGPIDSyncRequests__Output } from './agent/ShareGPIDSyncRequests.ts';
import type { SyncRequest as _agent_SyncRequest, SyncRequest__Output as _agent_SyncRequest__Output } from './agent/SyncRequest.ts';
import type { SyncResponse as _agent_SyncResponse, SyncResponse__Output as _agent_SyncResponse__Output } from './agent/SyncResponse.ts';
import type { SynchronizerClient as _agent_SynchronizerClient, SynchronizerDefinition as _agent_SynchronizerDefinition } from './agent/Synchronizer.ts';
import type { UpgradeRequest as _agent_UpgradeRequest, UpgradeRequest__Output as _agent_UpgradeRequest__Output } from './agent/UpgradeRequest.ts';
import type { UpgradeResponse as _agent_UpgradeResponse, UpgradeResponse__Output as _agent_UpgradeResponse__Output } from './agent/UpgradeResponse.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  agent: {
    DynamicConfig: MessageTypeDefinition<_agent_DynamicConfig, _agent_DynamicConfig__Output>
    GPIDSyncRequest: MessageTypeDefinition<_agent_GPIDSyncRequest, _agent_GPIDSyncRequest__Output>
    GPIDSyncResponse: MessageTypeDefinition<_agent_GPIDSyncResponse, _agent_GPIDSyncResponse__Output>
    GenesisSyncRequest: MessageTypeDefinition<_agent_GenesisSyncRequest, _agent_GenesisSyncRequest__Output>
    GenesisSyncResponse: MessageTypeDefinition<_agent_GenesisSyncResponse, _agent_GenesisSyncResponse__Output>
    KubernetesAPIInfo: MessageTypeDefinition<_agent_KubernetesAPIInfo, _agent_KubernetesAPIInfo__Output>
    KubernetesAPISyncRequest: MessageTypeDefinition<_agent_KubernetesAPISyncRequest, _agent_KubernetesAPISyncRequest__Output>
    KubernetesAPISyncResponse: MessageTypeDefinition<_agent_KubernetesAPISyncResponse, _agent_KubernetesAPISyncResponse__Output>
    KubernetesClusterIDRequest: MessageTypeDefinition<_agent_KubernetesClusterIDRequest, _agent_KubernetesClusterIDRequest__Output>
    KubernetesClusterIDResponse: MessageTypeDefinition<_agent_KubernetesClusterIDResponse, _agent_KubernetesClusterIDResponse__Output>
    NtpRequest: MessageTypeDefinition<_agent_NtpRequest, _agent_NtpRequest__Output>
    NtpResponse: MessageTypeDefinition<_agent_NtpResponse, _agent_NtpResponse__Output>
    PluginRequest: MessageTypeDefinition<_agent_PluginRequest, _agent_PluginRequest__Output>
    PluginResponse: MessageTypeDefinition<_agent_PluginResponse, _agent_PluginResponse__Output>
    RemoteExecRequest: MessageTypeDefinition<_agent_RemoteExecRequest, _agent_RemoteExecRequest__Output>
    RemoteExecResponse: MessageTypeDefinition<_agent_RemoteExecResponse, _agent_RemoteExecResponse__Output>
    ShareGPIDSyncRequests: MessageTypeDefinition<_agent_ShareGPIDSyncRequests, _agent_ShareGPIDSyncRequests__Output>
    SyncRequest: MessageTypeDefinition<_agent_SyncRequest, _agent_SyncRequest__Output>
    SyncResponse: MessageTypeDefinition<_agent_SyncResponse, _agent_SyncResponse__Output>
    Synchronizer: SubtypeConstructor<typeof grpc.Client, _agent_SynchronizerClient> & { service: _agent_SynchronizerDefinition }
    UpgradeRequest: MessageTypeDefinition<_agent_UpgradeRequest, _agent_UpgradeRequest__Output>
    UpgradeResponse: MessageTypeDefinition<_agent_UpgradeResponse, _agent_UpgradeResponse__Output>
  }
}

