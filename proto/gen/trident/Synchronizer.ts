// Original file: proto/trident.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GPIDSyncRequest as _trident_GPIDSyncRequest, GPIDSyncRequest__Output as _trident_GPIDSyncRequest__Output } from '../trident/GPIDSyncRequest.ts';
import type { GPIDSyncResponse as _trident_GPIDSyncResponse, GPIDSyncResponse__Output as _trident_GPIDSyncResponse__Output } from '../trident/GPIDSyncResponse.ts';
import type { GenesisSyncRequest as _trident_GenesisSyncRequest, GenesisSyncRequest__Output as _trident_GenesisSyncRequest__Output } from '../trident/GenesisSyncRequest.ts';
import type { GenesisSyncResponse as _trident_GenesisSyncResponse, GenesisSyncResponse__Output as _trident_GenesisSyncResponse__Output } from '../trident/GenesisSyncResponse.ts';
import type { KubernetesAPISyncRequest as _trident_KubernetesAPISyncRequest, KubernetesAPISyncRequest__Output as _trident_KubernetesAPISyncRequest__Output } from '../trident/KubernetesAPISyncRequest.ts';
import type { KubernetesAPISyncResponse as _trident_KubernetesAPISyncResponse, KubernetesAPISyncResponse__Output as _trident_KubernetesAPISyncResponse__Output } from '../trident/KubernetesAPISyncResponse.ts';
import type { KubernetesClusterIDRequest as _trident_KubernetesClusterIDRequest, KubernetesClusterIDRequest__Output as _trident_KubernetesClusterIDRequest__Output } from '../trident/KubernetesClusterIDRequest.ts';
import type { KubernetesClusterIDResponse as _trident_KubernetesClusterIDResponse, KubernetesClusterIDResponse__Output as _trident_KubernetesClusterIDResponse__Output } from '../trident/KubernetesClusterIDResponse.ts';
import type { NtpRequest as _trident_NtpRequest, NtpRequest__Output as _trident_NtpRequest__Output } from '../trident/NtpRequest.ts';
import type { NtpResponse as _trident_NtpResponse, NtpResponse__Output as _trident_NtpResponse__Output } from '../trident/NtpResponse.ts';
import type { OrgIDsRequest as _trident_OrgIDsRequest, OrgIDsRequest__Output as _trident_OrgIDsRequest__Output } from '../trident/OrgIDsRequest.ts';
import type { OrgIDsResponse as _trident_OrgIDsResponse, OrgIDsResponse__Output as _trident_OrgIDsResponse__Output } from '../trident/OrgIDsResponse.ts';
import type { PluginRequest as _trident_PluginRequest, PluginRequest__Output as _trident_PluginRequest__Output } from '../trident/PluginRequest.ts';
import type { PluginResponse as _trident_PluginResponse, PluginResponse__Output as _trident_PluginResponse__Output } from '../trident/PluginResponse.ts';
import type { PrometheusAPISyncRequest as _trident_PrometheusAPISyncRequest, PrometheusAPISyncRequest__Output as _trident_PrometheusAPISyncRequest__Output } from '../trident/PrometheusAPISyncRequest.ts';
import type { PrometheusAPISyncResponse as _trident_PrometheusAPISyncResponse, PrometheusAPISyncResponse__Output as _trident_PrometheusAPISyncResponse__Output } from '../trident/PrometheusAPISyncResponse.ts';
import type { PrometheusLabelRequest as _trident_PrometheusLabelRequest, PrometheusLabelRequest__Output as _trident_PrometheusLabelRequest__Output } from '../trident/PrometheusLabelRequest.ts';
import type { PrometheusLabelResponse as _trident_PrometheusLabelResponse, PrometheusLabelResponse__Output as _trident_PrometheusLabelResponse__Output } from '../trident/PrometheusLabelResponse.ts';
import type { PrometheusTargetRequest as _trident_PrometheusTargetRequest, PrometheusTargetRequest__Output as _trident_PrometheusTargetRequest__Output } from '../trident/PrometheusTargetRequest.ts';
import type { PrometheusTargetResponse as _trident_PrometheusTargetResponse, PrometheusTargetResponse__Output as _trident_PrometheusTargetResponse__Output } from '../trident/PrometheusTargetResponse.ts';
import type { RemoteExecRequest as _trident_RemoteExecRequest, RemoteExecRequest__Output as _trident_RemoteExecRequest__Output } from '../trident/RemoteExecRequest.ts';
import type { RemoteExecResponse as _trident_RemoteExecResponse, RemoteExecResponse__Output as _trident_RemoteExecResponse__Output } from '../trident/RemoteExecResponse.ts';
import type { ShareGPIDSyncRequests as _trident_ShareGPIDSyncRequests, ShareGPIDSyncRequests__Output as _trident_ShareGPIDSyncRequests__Output } from '../trident/ShareGPIDSyncRequests.ts';
import type { SyncRequest as _trident_SyncRequest, SyncRequest__Output as _trident_SyncRequest__Output } from '../trident/SyncRequest.ts';
import type { SyncResponse as _trident_SyncResponse, SyncResponse__Output as _trident_SyncResponse__Output } from '../trident/SyncResponse.ts';
import type { UniversalTagNameMapsRequest as _trident_UniversalTagNameMapsRequest, UniversalTagNameMapsRequest__Output as _trident_UniversalTagNameMapsRequest__Output } from '../trident/UniversalTagNameMapsRequest.ts';
import type { UniversalTagNameMapsResponse as _trident_UniversalTagNameMapsResponse, UniversalTagNameMapsResponse__Output as _trident_UniversalTagNameMapsResponse__Output } from '../trident/UniversalTagNameMapsResponse.ts';
import type { UpgradeRequest as _trident_UpgradeRequest, UpgradeRequest__Output as _trident_UpgradeRequest__Output } from '../trident/UpgradeRequest.ts';
import type { UpgradeResponse as _trident_UpgradeResponse, UpgradeResponse__Output as _trident_UpgradeResponse__Output } from '../trident/UpgradeResponse.ts';

export interface SynchronizerClient extends grpc.Client {
  AnalyzerSync(argument: _trident_SyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  AnalyzerSync(argument: _trident_SyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  AnalyzerSync(argument: _trident_SyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  AnalyzerSync(argument: _trident_SyncRequest, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  analyzerSync(argument: _trident_SyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  analyzerSync(argument: _trident_SyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  analyzerSync(argument: _trident_SyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  analyzerSync(argument: _trident_SyncRequest, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  
  GPIDSync(argument: _trident_GPIDSyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  GPIDSync(argument: _trident_GPIDSyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  GPIDSync(argument: _trident_GPIDSyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  GPIDSync(argument: _trident_GPIDSyncRequest, callback: grpc.requestCallback<_trident_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  gpidSync(argument: _trident_GPIDSyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  gpidSync(argument: _trident_GPIDSyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  gpidSync(argument: _trident_GPIDSyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  gpidSync(argument: _trident_GPIDSyncRequest, callback: grpc.requestCallback<_trident_GPIDSyncResponse__Output>): grpc.ClientUnaryCall;
  
  GenesisSync(argument: _trident_GenesisSyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  GenesisSync(argument: _trident_GenesisSyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  GenesisSync(argument: _trident_GenesisSyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  GenesisSync(argument: _trident_GenesisSyncRequest, callback: grpc.requestCallback<_trident_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  genesisSync(argument: _trident_GenesisSyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  genesisSync(argument: _trident_GenesisSyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  genesisSync(argument: _trident_GenesisSyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  genesisSync(argument: _trident_GenesisSyncRequest, callback: grpc.requestCallback<_trident_GenesisSyncResponse__Output>): grpc.ClientUnaryCall;
  
  GetKubernetesClusterID(argument: _trident_KubernetesClusterIDRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  GetKubernetesClusterID(argument: _trident_KubernetesClusterIDRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  GetKubernetesClusterID(argument: _trident_KubernetesClusterIDRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  GetKubernetesClusterID(argument: _trident_KubernetesClusterIDRequest, callback: grpc.requestCallback<_trident_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  getKubernetesClusterId(argument: _trident_KubernetesClusterIDRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  getKubernetesClusterId(argument: _trident_KubernetesClusterIDRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  getKubernetesClusterId(argument: _trident_KubernetesClusterIDRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  getKubernetesClusterId(argument: _trident_KubernetesClusterIDRequest, callback: grpc.requestCallback<_trident_KubernetesClusterIDResponse__Output>): grpc.ClientUnaryCall;
  
  GetOrgIDs(argument: _trident_OrgIDsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_OrgIDsResponse__Output>): grpc.ClientUnaryCall;
  GetOrgIDs(argument: _trident_OrgIDsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_OrgIDsResponse__Output>): grpc.ClientUnaryCall;
  GetOrgIDs(argument: _trident_OrgIDsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_OrgIDsResponse__Output>): grpc.ClientUnaryCall;
  GetOrgIDs(argument: _trident_OrgIDsRequest, callback: grpc.requestCallback<_trident_OrgIDsResponse__Output>): grpc.ClientUnaryCall;
  getOrgIDs(argument: _trident_OrgIDsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_OrgIDsResponse__Output>): grpc.ClientUnaryCall;
  getOrgIDs(argument: _trident_OrgIDsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_OrgIDsResponse__Output>): grpc.ClientUnaryCall;
  getOrgIDs(argument: _trident_OrgIDsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_OrgIDsResponse__Output>): grpc.ClientUnaryCall;
  getOrgIDs(argument: _trident_OrgIDsRequest, callback: grpc.requestCallback<_trident_OrgIDsResponse__Output>): grpc.ClientUnaryCall;
  
  GetPrometheusLabelIDs(argument: _trident_PrometheusLabelRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_PrometheusLabelResponse__Output>): grpc.ClientUnaryCall;
  GetPrometheusLabelIDs(argument: _trident_PrometheusLabelRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_PrometheusLabelResponse__Output>): grpc.ClientUnaryCall;
  GetPrometheusLabelIDs(argument: _trident_PrometheusLabelRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_PrometheusLabelResponse__Output>): grpc.ClientUnaryCall;
  GetPrometheusLabelIDs(argument: _trident_PrometheusLabelRequest, callback: grpc.requestCallback<_trident_PrometheusLabelResponse__Output>): grpc.ClientUnaryCall;
  getPrometheusLabelIDs(argument: _trident_PrometheusLabelRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_PrometheusLabelResponse__Output>): grpc.ClientUnaryCall;
  getPrometheusLabelIDs(argument: _trident_PrometheusLabelRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_PrometheusLabelResponse__Output>): grpc.ClientUnaryCall;
  getPrometheusLabelIDs(argument: _trident_PrometheusLabelRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_PrometheusLabelResponse__Output>): grpc.ClientUnaryCall;
  getPrometheusLabelIDs(argument: _trident_PrometheusLabelRequest, callback: grpc.requestCallback<_trident_PrometheusLabelResponse__Output>): grpc.ClientUnaryCall;
  
  GetPrometheusTargets(argument: _trident_PrometheusTargetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_PrometheusTargetResponse__Output>): grpc.ClientUnaryCall;
  GetPrometheusTargets(argument: _trident_PrometheusTargetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_PrometheusTargetResponse__Output>): grpc.ClientUnaryCall;
  GetPrometheusTargets(argument: _trident_PrometheusTargetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_PrometheusTargetResponse__Output>): grpc.ClientUnaryCall;
  GetPrometheusTargets(argument: _trident_PrometheusTargetRequest, callback: grpc.requestCallback<_trident_PrometheusTargetResponse__Output>): grpc.ClientUnaryCall;
  getPrometheusTargets(argument: _trident_PrometheusTargetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_PrometheusTargetResponse__Output>): grpc.ClientUnaryCall;
  getPrometheusTargets(argument: _trident_PrometheusTargetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_PrometheusTargetResponse__Output>): grpc.ClientUnaryCall;
  getPrometheusTargets(argument: _trident_PrometheusTargetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_PrometheusTargetResponse__Output>): grpc.ClientUnaryCall;
  getPrometheusTargets(argument: _trident_PrometheusTargetRequest, callback: grpc.requestCallback<_trident_PrometheusTargetResponse__Output>): grpc.ClientUnaryCall;
  
  GetUniversalTagNameMaps(argument: _trident_UniversalTagNameMapsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_UniversalTagNameMapsResponse__Output>): grpc.ClientUnaryCall;
  GetUniversalTagNameMaps(argument: _trident_UniversalTagNameMapsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_UniversalTagNameMapsResponse__Output>): grpc.ClientUnaryCall;
  GetUniversalTagNameMaps(argument: _trident_UniversalTagNameMapsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_UniversalTagNameMapsResponse__Output>): grpc.ClientUnaryCall;
  GetUniversalTagNameMaps(argument: _trident_UniversalTagNameMapsRequest, callback: grpc.requestCallback<_trident_UniversalTagNameMapsResponse__Output>): grpc.ClientUnaryCall;
  getUniversalTagNameMaps(argument: _trident_UniversalTagNameMapsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_UniversalTagNameMapsResponse__Output>): grpc.ClientUnaryCall;
  getUniversalTagNameMaps(argument: _trident_UniversalTagNameMapsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_UniversalTagNameMapsResponse__Output>): grpc.ClientUnaryCall;
  getUniversalTagNameMaps(argument: _trident_UniversalTagNameMapsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_UniversalTagNameMapsResponse__Output>): grpc.ClientUnaryCall;
  getUniversalTagNameMaps(argument: _trident_UniversalTagNameMapsRequest, callback: grpc.requestCallback<_trident_UniversalTagNameMapsResponse__Output>): grpc.ClientUnaryCall;
  
  KubernetesAPISync(argument: _trident_KubernetesAPISyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  KubernetesAPISync(argument: _trident_KubernetesAPISyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  KubernetesAPISync(argument: _trident_KubernetesAPISyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  KubernetesAPISync(argument: _trident_KubernetesAPISyncRequest, callback: grpc.requestCallback<_trident_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  kubernetesApiSync(argument: _trident_KubernetesAPISyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  kubernetesApiSync(argument: _trident_KubernetesAPISyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  kubernetesApiSync(argument: _trident_KubernetesAPISyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  kubernetesApiSync(argument: _trident_KubernetesAPISyncRequest, callback: grpc.requestCallback<_trident_KubernetesAPISyncResponse__Output>): grpc.ClientUnaryCall;
  
  Plugin(argument: _trident_PluginRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_trident_PluginResponse__Output>;
  Plugin(argument: _trident_PluginRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_trident_PluginResponse__Output>;
  plugin(argument: _trident_PluginRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_trident_PluginResponse__Output>;
  plugin(argument: _trident_PluginRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_trident_PluginResponse__Output>;
  
  PrometheusAPISync(argument: _trident_PrometheusAPISyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_PrometheusAPISyncResponse__Output>): grpc.ClientUnaryCall;
  PrometheusAPISync(argument: _trident_PrometheusAPISyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_PrometheusAPISyncResponse__Output>): grpc.ClientUnaryCall;
  PrometheusAPISync(argument: _trident_PrometheusAPISyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_PrometheusAPISyncResponse__Output>): grpc.ClientUnaryCall;
  PrometheusAPISync(argument: _trident_PrometheusAPISyncRequest, callback: grpc.requestCallback<_trident_PrometheusAPISyncResponse__Output>): grpc.ClientUnaryCall;
  prometheusApiSync(argument: _trident_PrometheusAPISyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_PrometheusAPISyncResponse__Output>): grpc.ClientUnaryCall;
  prometheusApiSync(argument: _trident_PrometheusAPISyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_PrometheusAPISyncResponse__Output>): grpc.ClientUnaryCall;
  prometheusApiSync(argument: _trident_PrometheusAPISyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_PrometheusAPISyncResponse__Output>): grpc.ClientUnaryCall;
  prometheusApiSync(argument: _trident_PrometheusAPISyncRequest, callback: grpc.requestCallback<_trident_PrometheusAPISyncResponse__Output>): grpc.ClientUnaryCall;
  
  Push(argument: _trident_SyncRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_trident_SyncResponse__Output>;
  Push(argument: _trident_SyncRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_trident_SyncResponse__Output>;
  push(argument: _trident_SyncRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_trident_SyncResponse__Output>;
  push(argument: _trident_SyncRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_trident_SyncResponse__Output>;
  
  Query(argument: _trident_NtpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_NtpResponse__Output>): grpc.ClientUnaryCall;
  Query(argument: _trident_NtpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_NtpResponse__Output>): grpc.ClientUnaryCall;
  Query(argument: _trident_NtpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_NtpResponse__Output>): grpc.ClientUnaryCall;
  Query(argument: _trident_NtpRequest, callback: grpc.requestCallback<_trident_NtpResponse__Output>): grpc.ClientUnaryCall;
  query(argument: _trident_NtpRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_NtpResponse__Output>): grpc.ClientUnaryCall;
  query(argument: _trident_NtpRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_NtpResponse__Output>): grpc.ClientUnaryCall;
  query(argument: _trident_NtpRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_NtpResponse__Output>): grpc.ClientUnaryCall;
  query(argument: _trident_NtpRequest, callback: grpc.requestCallback<_trident_NtpResponse__Output>): grpc.ClientUnaryCall;
  
  RemoteExecute(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_trident_RemoteExecResponse, _trident_RemoteExecRequest__Output>;
  RemoteExecute(options?: grpc.CallOptions): grpc.ClientDuplexStream<_trident_RemoteExecResponse, _trident_RemoteExecRequest__Output>;
  remoteExecute(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_trident_RemoteExecResponse, _trident_RemoteExecRequest__Output>;
  remoteExecute(options?: grpc.CallOptions): grpc.ClientDuplexStream<_trident_RemoteExecResponse, _trident_RemoteExecRequest__Output>;
  
  ShareGPIDLocalData(argument: _trident_ShareGPIDSyncRequests, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  ShareGPIDLocalData(argument: _trident_ShareGPIDSyncRequests, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  ShareGPIDLocalData(argument: _trident_ShareGPIDSyncRequests, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  ShareGPIDLocalData(argument: _trident_ShareGPIDSyncRequests, callback: grpc.requestCallback<_trident_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  shareGpidLocalData(argument: _trident_ShareGPIDSyncRequests, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  shareGpidLocalData(argument: _trident_ShareGPIDSyncRequests, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  shareGpidLocalData(argument: _trident_ShareGPIDSyncRequests, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  shareGpidLocalData(argument: _trident_ShareGPIDSyncRequests, callback: grpc.requestCallback<_trident_ShareGPIDSyncRequests__Output>): grpc.ClientUnaryCall;
  
  Sync(argument: _trident_SyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  Sync(argument: _trident_SyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  Sync(argument: _trident_SyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  Sync(argument: _trident_SyncRequest, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  sync(argument: _trident_SyncRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  sync(argument: _trident_SyncRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  sync(argument: _trident_SyncRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  sync(argument: _trident_SyncRequest, callback: grpc.requestCallback<_trident_SyncResponse__Output>): grpc.ClientUnaryCall;
  
  Upgrade(argument: _trident_UpgradeRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_trident_UpgradeResponse__Output>;
  Upgrade(argument: _trident_UpgradeRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_trident_UpgradeResponse__Output>;
  upgrade(argument: _trident_UpgradeRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_trident_UpgradeResponse__Output>;
  upgrade(argument: _trident_UpgradeRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_trident_UpgradeResponse__Output>;
  
}

export interface SynchronizerHandlers extends grpc.UntypedServiceImplementation {
  AnalyzerSync: grpc.handleUnaryCall<_trident_SyncRequest__Output, _trident_SyncResponse>;
  
  GPIDSync: grpc.handleUnaryCall<_trident_GPIDSyncRequest__Output, _trident_GPIDSyncResponse>;
  
  GenesisSync: grpc.handleUnaryCall<_trident_GenesisSyncRequest__Output, _trident_GenesisSyncResponse>;
  
  GetKubernetesClusterID: grpc.handleUnaryCall<_trident_KubernetesClusterIDRequest__Output, _trident_KubernetesClusterIDResponse>;
  
  GetOrgIDs: grpc.handleUnaryCall<_trident_OrgIDsRequest__Output, _trident_OrgIDsResponse>;
  
  GetPrometheusLabelIDs: grpc.handleUnaryCall<_trident_PrometheusLabelRequest__Output, _trident_PrometheusLabelResponse>;
  
  GetPrometheusTargets: grpc.handleUnaryCall<_trident_PrometheusTargetRequest__Output, _trident_PrometheusTargetResponse>;
  
  GetUniversalTagNameMaps: grpc.handleUnaryCall<_trident_UniversalTagNameMapsRequest__Output, _trident_UniversalTagNameMapsResponse>;
  
  KubernetesAPISync: grpc.handleUnaryCall<_trident_KubernetesAPISyncRequest__Output, _trident_KubernetesAPISyncResponse>;
  
  Plugin: grpc.handleServerStreamingCall<_trident_PluginRequest__Output, _trident_PluginResponse>;
  
  PrometheusAPISync: grpc.handleUnaryCall<_trident_PrometheusAPISyncRequest__Output, _trident_PrometheusAPISyncResponse>;
  
  Push: grpc.handleServerStreamingCall<_trident_SyncRequest__Output, _trident_SyncResponse>;
  
  Query: grpc.handleUnaryCall<_trident_NtpRequest__Output, _trident_NtpResponse>;
  
  RemoteExecute: grpc.handleBidiStreamingCall<_trident_RemoteExecResponse__Output, _trident_RemoteExecRequest>;
  
  ShareGPIDLocalData: grpc.handleUnaryCall<_trident_ShareGPIDSyncRequests__Output, _trident_ShareGPIDSyncRequests>;
  
  Sync: grpc.handleUnaryCall<_trident_SyncRequest__Output, _trident_SyncResponse>;
  
  Upgrade: grpc.handleServerStreamingCall<_trident_UpgradeRequest__Output, _trident_UpgradeResponse>;
  
}

export interface SynchronizerDefinition extends grpc.ServiceDefinition {
  AnalyzerSync: MethodDefinition<_trident_SyncRequest, _trident_SyncResponse, _trident_SyncRequest__Output, _trident_SyncResponse__Output>
  GPIDSync: MethodDefinition<_trident_GPIDSyncRequest, _trident_GPIDSyncResponse, _trident_GPIDSyncRequest__Output, _trident_GPIDSyncResponse__Output>
  GenesisSync: MethodDefinition<_trident_GenesisSyncRequest, _trident_GenesisSyncResponse, _trident_GenesisSyncRequest__Output, _trident_GenesisSyncResponse__Output>
  GetKubernetesClusterID: MethodDefinition<_trident_KubernetesClusterIDRequest, _trident_KubernetesClusterIDResponse, _trident_KubernetesClusterIDRequest__Output, _trident_KubernetesClusterIDResponse__Output>
  GetOrgIDs: MethodDefinition<_trident_OrgIDsRequest, _trident_OrgIDsResponse, _trident_OrgIDsRequest__Output, _trident_OrgIDsResponse__Output>
  GetPrometheusLabelIDs: MethodDefinition<_trident_PrometheusLabelRequest, _trident_PrometheusLabelResponse, _trident_PrometheusLabelRequest__Output, _trident_PrometheusLabelResponse__Output>
  GetPrometheusTargets: MethodDefinition<_trident_PrometheusTargetRequest, _trident_PrometheusTargetResponse, _trident_PrometheusTargetRequest__Output, _trident_PrometheusTargetResponse__Output>
  GetUniversalTagNameMaps: MethodDefinition<_trident_UniversalTagNameMapsRequest, _trident_UniversalTagNameMapsResponse, _trident_UniversalTagNameMapsRequest__Output, _trident_UniversalTagNameMapsResponse__Output>
  KubernetesAPISync: MethodDefinition<_trident_KubernetesAPISyncRequest, _trident_KubernetesAPISyncResponse, _trident_KubernetesAPISyncRequest__Output, _trident_KubernetesAPISyncResponse__Output>
  Plugin: MethodDefinition<_trident_PluginRequest, _trident_PluginResponse, _trident_PluginRequest__Output, _trident_PluginResponse__Output>
  PrometheusAPISync: MethodDefinition<_trident_PrometheusAPISyncRequest, _trident_PrometheusAPISyncResponse, _trident_PrometheusAPISyncRequest__Output, _trident_PrometheusAPISyncResponse__Output>
  Push: MethodDefinition<_trident_SyncRequest, _trident_SyncResponse, _trident_SyncRequest__Output, _trident_SyncResponse__Output>
  Query: MethodDefinition<_trident_NtpRequest, _trident_NtpResponse, _trident_NtpRequest__Output, _trident_NtpResponse__Output>
  RemoteExecute: MethodDefinition<_trident_RemoteExecResponse, _trident_RemoteExecRequest, _trident_RemoteExecResponse__Output, _trident_RemoteExecRequest__Output>
  ShareGPIDLocalData: MethodDefinition<_trident_ShareGPIDSyncRequests, _trident_ShareGPIDSyncRequests, _trident_ShareGPIDSyncRequests__Output, _trident_ShareGPIDSyncRequests__Output>
  Sync: MethodDefinition<_trident_SyncRequest, _trident_SyncResponse, _trident_SyncRequest__Output, _trident_SyncResponse__Output>
  Upgrade: MethodDefinition<_trident_UpgradeRequest, _trident_UpgradeResponse, _trident_UpgradeRequest__Output, _trident_UpgradeResponse__Output>
}
