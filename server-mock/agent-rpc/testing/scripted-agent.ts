import { parse } from "yaml";
import {
  connectRaw,
  connectSynchronizer,
  loadMessage,
  type ServiceName,
  type SyncEntry,
  type WatchPolicy,
} from "../../../proto/index.ts";
import { ntpRequest, ntpProblem } from "./ntp-client.ts";
import { bytesField, varintField } from "./wire.ts";

/** How a scripted agent is set up: as a deepflow-agent by its own file, its environment and its node. */
export interface ScriptedAgentOptions {
  /** Which service it speaks (protocol.md 0). */
  readonly dialect: ServiceName;
  /** `host:port` that it is told to call first. */
  readonly controller: string;
  readonly ctrlIp?: string;
  readonly ctrlMac?: string;
  /** A configured id wins; without one the agent asks for it with this MD5 (protocol.md 5.5). */
  readonly clusterId?: string;
  readonly caMd5?: string;
  readonly watchPolicy?: WatchPolicy;
  /** Whether it sets its clock before it applies the first Sync (protocol.md 5.7). */
  readonly ntp?: boolean;
  /** Where it calls after the first Sync when that names no port; 30035 for a real agent. */
  readonly defaultPort?: number;
  /** Field numbers of ctrl_ip, ctrl_mac and kubernetes_cluster_id, none of which the mock knows. */
  readonly numbers?: readonly [number, number, number];
}

/** What the last Sync made of the agent. */
type AgentState = "watcher started" | "watcher not started";

/** An agent that does, step by step, what protocol.md 5.1 to 5.7 say of the real one. Calls reject with RpcError. */
export interface ScriptedAgent {
  readonly state: AgentState;
  readonly clusterId: string;
  readonly agentId: number;
  /** `host:port` that it calls since the first Sync. */
  readonly controller: string;
  /** The configuration it was handed; trident has none in this form. */
  readonly userConfig: Readonly<Record<string, unknown>> | undefined;
  sync(): Promise<AgentState>;
  /** KubernetesAPISync as 5.1 has it: a heartbeat that is not echoed is followed by everything under the same version. */
  beat(entries: readonly SyncEntry[]): Promise<"echoed" | "sent again">;
  close(): void;
}

interface SyncAnswer {
  readonly status?: number;
  readonly user_config?: string;
  readonly config?: { readonly kubernetes_api_enabled?: boolean; readonly vtap_id?: number };
  readonly dynamic_config?: { readonly kubernetes_api_enabled?: boolean; readonly agent_id?: number };
}

const REAL_DEFAULT_PORT = 30_035;
const CA_MD5 = "6345080086afe492a1fc8825716b0e3c";
const VERSION = 1_700_000_000n;

/** Goes from the start to the end of the first Sync and of what follows it. @throws RpcError where a call is refused */
export async function startScriptedAgent(options: ScriptedAgentOptions): Promise<ScriptedAgent> {
  const { dialect, ctrlIp = "10.0.0.1", ctrlMac = "0a:00:00:00:00:01" } = options;
  const answerCodec = loadMessage(dialect, "SyncResponse");
  let controller = options.controller;
  let userConfig: Record<string, unknown> | undefined;
  let agentId = 0;
  let state: AgentState = "watcher not started";

  const clusterId = options.clusterId ?? (await askForClusterId(options));

  async function sync(): Promise<AgentState> {
    const client = connectRaw({ address: controller, service: dialect });
    try {
      const answer = answerCodec.deserialize(await client.call("Sync", syncRequest())) as SyncAnswer;
      apply(answer);
    } finally {
      client.close();
    }
    return state;
  }

  function syncRequest(): Buffer {
    const [ip, mac, cluster] = options.numbers ?? [21, 25, 45];
    const policy = { "as-elected": 0, "watch-only": 1, "watch-disabled": 2 }[options.watchPolicy ?? "as-elected"];
    return Buffer.concat([
      bytesField(7, "v6.6 10001-0123abcd"),
      bytesField(ip, ctrlIp),
      bytesField(mac, ctrlMac),
      varintField(dialect === "trident" ? 27 : 41, policy),
      bytesField(cluster, clusterId),
    ]);
  }

  function apply(answer: SyncAnswer): void {
    if ((answer.status ?? 0) !== 0) throw new Error(`Sync was answered with status ${answer.status}`);
    if (dialect === "agent") userConfig = readUserConfig(answer.user_config);
    else if (!answer.config) throw new Error("Sync was answered without a config");
    agentId = answer.config?.vtap_id ?? answer.dynamic_config?.agent_id ?? 0;
    const told = answer.config?.kubernetes_api_enabled ?? answer.dynamic_config?.kubernetes_api_enabled ?? false;
    state = told ? "watcher started" : "watcher not started";
  }

  await sync();
  const host = controller.slice(0, controller.lastIndexOf(":"));
  controller = `${host}:${controllerPort(userConfig) ?? options.defaultPort ?? REAL_DEFAULT_PORT}`;
  if (options.ntp) await setClock(controller, dialect);
  await sync();

  const uploader = connectSynchronizer({ address: controller, service: dialect });
  return {
    get state() {
      return state;
    },
    get agentId() {
      return agentId;
    },
    get userConfig() {
      return userConfig;
    },
    clusterId,
    controller,
    sync,
    async beat(entries) {
      const heartbeat = { clusterId, version: VERSION, errorMsg: "", agentId, sourceIp: ctrlIp };
      const { version } = await uploader.kubernetesApiSync(heartbeat);
      if (version === VERSION) return "echoed";
      await uploader.kubernetesApiSync({ ...heartbeat, entries });
      return "sent again";
    },
    close: () => uploader.close(),
  };
}

async function askForClusterId({ controller, dialect, caMd5 = CA_MD5 }: ScriptedAgentOptions): Promise<string> {
  const client = connectSynchronizer({ address: controller, service: dialect });
  try {
    const { clusterId, errorMsg } = await client.getKubernetesClusterId({ caMd5 });
    if (!clusterId || errorMsg) throw new Error(`no cluster_id: ${errorMsg}`);
    return clusterId;
  } finally {
    client.close();
  }
}

/** An absent or empty text is refused, and so is what is no mapping. */
function readUserConfig(text: string | undefined): Record<string, unknown> {
  const config: unknown = text ? parse(text) : undefined;
  if (typeof config === "object" && config !== null && !Array.isArray(config)) return config as Record<string, unknown>;
  throw new Error(`user_config is no YAML mapping: ${JSON.stringify(text)}`);
}

function controllerPort(config: Record<string, unknown> | undefined): number | undefined {
  const { global } = (config ?? {}) as { global?: { communication?: { proxy_controller_port?: number } } };
  return global?.communication?.proxy_controller_port;
}

async function setClock(address: string, service: ServiceName): Promise<void> {
  const client = connectRaw({ address, service });
  const request = ntpRequest(Date.now());
  try {
    const bytes = loadMessage(service, "NtpRequest").serialize({ request });
    const { response } = loadMessage(service, "NtpResponse").deserialize(await client.call("Query", bytes)) as {
      response?: Buffer;
    };
    const problem = ntpProblem(request, response ?? Buffer.alloc(0));
    if (problem !== undefined) throw new Error(`the clock was not set: ${problem}`);
  } finally {
    client.close();
  }
}
