// Original file: proto/agent.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GPIDSyncRequest as _agent_GPIDSyncRequest, GPIDSyncRequest__Output as _agent_GPIDSyncRequest__Output } from '../agent/GPIDSyncRequest.ts';
import type { GPIDSyncResponse as _agent_GPIDSyncResponse, GPIDSyncResponse__Output as _agent_GPIDSyncResponse__Output } from '../agent/GPIDSyncResponse.ts';
import type { GenesisSyncRequest as _agent_GenesisSyncRequest, GenesisSyncRequest__Output as _agent_GenesisSyncRequest__Output } from '../agent/GenesisSyncRequest.ts';
import type { GenesisSyncResponse as _agent_GenesisSyncResponse, GenesisSyncResponse__Output as _agent_GenesisSyncResponse__Output } from '../agent/GenesisSyncResponse.ts';
import type { KubernetesAPISyncRequest as _agent_KubernetesAPISyncRequest, KubernetesAPISyncRequest__Output as _agent_KubernetesAPISyncRequest__Output } from '../agent/KubernetesAPISyncRequest.ts';
import type { KubernetesAPISyncResponse as _agent_KubernetesAPISyncResponse, KubernetesAPISyncResponse__Output as _agent_KubernetesAPISyncResponse__Output } from '../agent/KubernetesAPISyncResponse.ts';
import type { KubernetesClusterIDRequest as _agent_KubernetesClusterIDRequest, KubernetesClusterIDRequest__Output as _agent_KubernetesClusterIDRequest__Output } from '../agent/KubernetesClusterIDRequest.ts';
import type { KubernetesClusterIDResponse as _agent_KubernetesClusterIDResponse, KubernetesClusterIDResponse__Output as _agent_KubernetesClusterIDResponse__Output } from '../agent/KubernetesClusterIDResponse.ts';
import type { NtpRequest as _agent_NtpRequest, NtpRequest__Output as _agent_NtpRequest__Output } from '../agent/NtpRequest.ts';
import type { NtpResponse as _agent_NtpResponse, NtpResponse__Output as _agent_NtpResponse__Output } from '../agent/NtpResponse.ts';
import type { PluginRequest as _agent_PluginRequest, PluginRequest__Output as _agent_PluginRequest__Output } from '../agent/PluginRequest.ts';
import type { PluginResponse as _agent_PluginResponse, PluginResponse__Output as _agent_PluginResponse__Output } from '../agent/PluginResponse.ts';
import type { RemoteExecRequest as _agent_RemoteExecRequest, RemoteExecRequest__Output as _agent_RemoteExecRequest__Output } from '../agent/RemoteExecRequest.ts';
import type { RemoteExecResponse as _agent_RemoteExecResponse, RemoteExecResponse__Output as _agent_RemoteExecResponse__Output } from '../agent/RemoteExecResponse.ts';
import type { ShareGPIDSyncRequests as _agent_ShareGPIDSyncRequests, ShareGPIDSyncRequests__Output as _agent_ShareGPIDSyncRequests__Output } from '../agent/ShareGPIDSyncRequests.ts';
import type { SyncRequest as _agent_SyncRequest, SyncRequest__Output as _agent_SyncRequest__Output } from '../agent/SyncRequest.ts';
import type { SyncResponse as _agent_SyncResponse, SyncResponse__Output as _agent_SyncResponse__Output } from '../agent/SyncResponse.ts';
import type { UpgradeRequest as _agent_UpgradeRequest, UpgradeRequest__Output as _agent_UpgradeRequest__Output } from '../agent/UpgradeRequest.ts';
import type { UpgradeResponse as _agent_UpgradeResponse, UpgradeResponse__Output as _agent_UpgradeResponse__Output } from '../agent/UpgradeResponse.ts';

export interface SynchronizerClient extends grpc.Client {
  GPIDSync(argument: _agent_GPIDSyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  GPIDSync(argument: _agent_GPIDSyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  GPIDSync(argument: _agent_GPIDSyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  GPIDSync(argument: _agent_GPIDSyncRequest, callback: grpc.requestCallback<_agent_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  gpidSync(argument: _agent_GPIDSyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  gpidSync(argument: _agent_GPIDSyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  gpidSync(argument: _agent_GPIDSyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  gpidSync(argument: _agent_GPIDSyncRequest, callback: grpc.requestCallback<_agent_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  
  GenesisSync(argument: _agent_GenesisSyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  GenesisSync(argument: _agent_GenesisSyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  GenesisSync(argument: _agent_GenesisSyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  GenesisSync(argument: _agent_GenesisSyncRequest, callback: grpc.requestCallback<_agent_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  genesisSync(argument: _agent_GenesisSyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  genesisSync(argument: _agent_GenesisSyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  genesisSync(argument: _agent_GenesisSyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  genesisSync(argument: _agent_GenesisSyncRequest, callback: grpc.requestCallback<_agent_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  
  GetKubernetesClusterID(argument: _agent_KubernetesClusterIDRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  GetKubernetesClusterID(argument: _agent_KubernetesClusterIDRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  GetKubernetesClusterID(argument: _agent_KubernetesClusterIDRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  GetKubernetesClusterID(argument: _agent_KubernetesClusterIDRequest, callback: grpc.requestCallback<_agent_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  getKubernetesClusterId(argument: _agent_KubernetesClusterIDRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  getKubernetesClusterId(argument: _agent_KubernetesClusterIDRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  getKubernetesClusterId(argument: _agent_KubernetesClusterIDRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  getKubernetesClusterId(argument: _agent_KubernetesClusterIDRequest, callback: grpc.requestCallback<_agent_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  
  KubernetesAPISync(argument: _agent_KubernetesAPISyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  KubernetesAPISync(argument: _agent_KubernetesAPISyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  KubernetesAPISync(argument: _agent_KubernetesAPISyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  KubernetesAPISync(argument: _agent_KubernetesAPISyncRequest, callback: grpc.requestCallback<_agent_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  kubernetesApiSync(argument: _agent_KubernetesAPISyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  kubernetesApiSync(argument: _agent_KubernetesAPISyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  kubernetesApiSync(argument: _agent_KubernetesAPISyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  kubernetesApiSync(argument: _agent_KubernetesAPISyncRequest, callback: grpc.requestCallback<_agent_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  
  Plugin(argument: _agent_PluginRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_agent_PluginResponse__Output>;
  Plugin(argument: _agent_PluginRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_agent_PluginResponse__Output>;
  plugin(argument: _agent_PluginRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_agent_PluginResponse__Output>;
  plugin(argument: _agent_PluginRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_agent_PluginResponse__Output>;
  
  Push(argument: _agent_SyncRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_agent_SyncResponse__Output>;
  Push(argument: _agent_SyncRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_agent_SyncResponse__Output>;
  push(argument: _agent_SyncRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_agent_SyncResponse__Output>;
  push(argument: _agent_SyncRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_agent_SyncResponse__Output>;
  
  Query(argument: _agent_NtpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_NtpResponse__Output>): grpc.ClientUnaryCall;
  Query(argument: _agent_NtpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_NtpResponse__Output>): grpc.ClientUnaryCall;
  Query(argument: _agent_NtpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_NtpResponse__Output>): grpc.ClientUnaryCall;
  Query(argument: _agent_NtpRequest, callback: grpc.requestCallback<_agent_NtpResponse__Output>): grpc.ClientUnaryCall;
  query(argument: _agent_NtpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_NtpResponse__Output>): grpc.ClientUnaryCall;
  query(argument: _agent_NtpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_NtpResponse__Output>): grpc.ClientUnaryCall;
  query(argument: _agent_NtpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_NtpResponse__Output>): grpc.ClientUnaryCall;
  query(argument: _agent_NtpRequest, callback: grpc.requestCallback<_agent_NtpResponse__Output>): grpc.ClientUnaryCall;
  
  RemoteExecute(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_agent_RemoteExecResponse, _agent_RemoteExecRequest__Output>;
  RemoteExecute(options?: grpc.CallOptions): grpc.ClientDuplexStream<_agent_RemoteExecResponse, _agent_RemoteExecRequest__Output>;
  remoteExecute(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_agent_RemoteExecResponse, _agent_RemoteExecRequest__Output>;
  remoteExecute(options?: grpc.CallOptions): grpc.ClientDuplexStream<_agent_RemoteExecResponse, _agent_RemoteExecRequest__Output>;
  
  ShareGPIDLocalData(argument: _agent_ShareGPIDSyncRequests, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  ShareGPIDLocalData(argument: _agent_ShareGPIDSyncRequests, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  ShareGPIDLocalData(argument: _agent_ShareGPIDSyncRequests, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  ShareGPIDLocalData(argument: _agent_ShareGPIDSyncRequests, callback: grpc.requestCallback<_agent_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  shareGpidLocalData(argument: _agent_ShareGPIDSyncRequests, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  shareGpidLocalData(argument: _agent_ShareGPIDSyncRequests, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  shareGpidLocalData(argument: _agent_ShareGPIDSyncRequests, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  shareGpidLocalData(argument: _agent_ShareGPIDSyncRequests, callback: grpc.requestCallback<_agent_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  
  Sync(argument: _agent_SyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_SyncResponse__Output>): grpc.ClientUnaryCall;
  Sync(argument: _agent_SyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_SyncResponse__Output>): grpc.ClientUnaryCall;
  Sync(argument: _agent_SyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_SyncResponse__Output>): grpc.ClientUnaryCall;
  Sync(argument: _agent_SyncRequest, callback: grpc.requestCallback<_agent_SyncResponse__Output>): grpc.ClientUnaryCall;
  sync(argument: _agent_SyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_SyncResponse__Output>): grpc.ClientUnaryCall;
  sync(argument: _agent_SyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_agent_SyncResponse__Output>): grpc.ClientUnaryCall;
  sync(argument: _agent_SyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_agent_SyncResponse__Output>): grpc.ClientUnaryCall;
  sync(argument: _agent_SyncRequest, callback: grpc.requestCallback<_agent_SyncResponse__Output>): grpc.ClientUnaryCall;
  
  Upgrade(argument: _agent_UpgradeRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_agent_UpgradeResponse__Output>;
  Upgrade(argument: _agent_UpgradeRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_agent_UpgradeResponse__Output>;
  upgrade(argument: _agent_UpgradeRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_agent_UpgradeResponse__Output>;
  upgrade(argument: _agent_UpgradeRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_agent_UpgradeResponse__Output>;
  
}

export interface SynchronizerHandlers extends grpc.UntypedServiceImplementation {
  GPIDSync: grpc.handleUnaryCall<_agent_GPIDSyncRequest__Output, _agent_GPIDSyncResponse>;
  
  GenesisSync: grpc.handleUnaryCall<_agent_GenesisSyncRequest__Output, _agent_GenesisSyncResponse>;
  
  GetKubernetesClusterID: grpc.handleUnaryCall<_agent_KubernetesClusterIDRequest__Output, _agent_KubernetesClusterIDResponse>;
  
  KubernetesAPISync: grpc.handleUnaryCall<_agent_KubernetesAPISyncRequest__Output, _agent_KubernetesAPISyncResponse>;
  
  Plugin: grpc.handleServerStreamingCall<_agent_PluginRequest__Output, _agent_PluginResponse>;
  
  Push: grpc.handleServerStreamingCall<_agent_SyncRequest__Output, _agent_SyncResponse>;
  
  Query: grpc.handleUnaryCall<_agent_NtpRequest__Output, _agent_NtpResponse>;
  
  RemoteExecute: grpc.handleBidiStreamingCall<_agent_RemoteExecResponse__Output, _agent_RemoteExecRequest>;
  
  ShareGPIDLocalData: grpc.handleUnaryCall<_agent_ShareGPIDSyncRequests__Output, _agent_ShareGPIDSyncRequests>;
  
  Sync: grpc.handleUnaryCall<_agent_SyncRequest__Output, _agent_SyncResponse>;
  
  Upgrade: grpc.handleServerStreamingCall<_agent_UpgradeRequest__Output, _agent_UpgradeResponse>;
  
}

export interface SynchronizerDefinition extends grpc.ServiceDefinition {
  GPIDSync: MethodDefinition<_agent_GPIDSyncRequest, _agent_GPIDSyncResponse, _agent_GPIDSyncRequest__Output, _agent_GPIDSyncResponse__Output>
  GenesisSync: MethodDefinition<_agent_GenesisSyncRequest, _agent_GenesisSyncResponse, _agent_GenesisSyncRequest__Output, _agent_GenesisSyncResponse__Output>
  GetKubernetesClusterID: MethodDefinition<_agent_KubernetesClusterIDRequest, _agent_KubernetesClusterIDResponse, _agent_KubernetesClusterIDRequest__Output, _agent_KubernetesClusterIDResponse__Output>
  KubernetesAPISync: MethodDefinition<_agent_KubernetesAPISyncRequest, _agent_KubernetesAPISyncResponse, _agent_KubernetesAPISyncRequest__Output, _agent_KubernetesAPISyncResponse__Output>
  Plugin: MethodDefinition<_agent_PluginRequest, _agent_PluginResponse, _agent_PluginRequest__Output, _agent_PluginResponse__Output>
  Push: MethodDefinition<_agent_SyncRequest, _agent_SyncResponse, _agent_SyncRequest__Output, _agent_SyncResponse__Output>
  Query: MethodDefinition<_agent_NtpRequest, _agent_NtpResponse, _agent_NtpRequest__Output, _agent_NtpResponse__Output>
  RemoteExecute: MethodDefinition<_agent_RemoteExecResponse, _agent_RemoteExecRequest, _agent_RemoteExecResponse__Output, _agent_RemoteExecRequest__Output>
  ShareGPIDLocalData: MethodDefinition<_agent_ShareGPIDSyncRequests, _agent_ShareGPIDSyncRequests, _agent_ShareGPIDSyncRequests__Output, _agent_ShareGPIDSyncRequests__Output>
  Sync: MethodDefinition<_agent_SyncRequest, _agent_SyncResponse, _agent_SyncRequest__Output, _agent_SyncResponse__Output>
  Upgrade: MethodDefinition<_agent_UpgradeRequest, _agent_UpgradeResponse, _agent_UpgradeRequest__Output, _agent_UpgradeResponse__Output>
}
