/** What an agent is told, wherever it runs. */
export interface AgentSettings {
  /** Where the mock server listens, as the agent sees it. */
  readonly host: string;
  readonly port: number;
  /** Empty where the agent has to ask the server for it; the environment variable is unset then. */
  readonly clusterId: string;
  readonly agentId: number;
  /** How often the agent shall send, in milliseconds. */
  readonly intervalMs: number;
  /** After how long the agent shall give a call up, in milliseconds; where its own timeout cannot be set, it is declared so. */
  readonly callTimeoutMs: number;
  /** Resource list in the form of the real agent's setting, a JSON array. Default `[]`: the agent's own defaults. */
  readonly kubernetesResources?: string;
}

/**
 * What an agent is handed: the values of the placeholders in its command and in its configuration template. Paths are as
 * the agent sees them.
 */
export interface AgentHandout extends AgentSettings {
  /** Path of a self-contained kubeconfig file. */
  readonly kubeconfig: string;
  /** Path of the rendered configuration file, where a template was given. */
  readonly config?: string;
  /** Path of the API server's CA certificate (PEM), where there is one. */
  readonly ca?: string;
}

const NO_SETTINGS = "[]";

/**
 * The placeholders' values by name. `{interval_s}` is whole seconds, rounded up and at least 1, since that is what
 * programs that count in seconds can read. `{server}` puts an IPv6 host in brackets.
 */
export function placeholderValues(handout: AgentHandout): Record<string, string> {
  return {
    server: serverAddress(handout),
    host: handout.host,
    port: String(handout.port),
    cluster_id: handout.clusterId,
    agent_id: String(handout.agentId),
    kubeconfig: handout.kubeconfig,
    interval_ms: String(handout.intervalMs),
    interval_s: String(Math.max(1, Math.ceil(handout.intervalMs / 1000))),
    call_timeout_ms: String(handout.callTimeoutMs),
    kubernetes_resources: handout.kubernetesResources ?? NO_SETTINGS,
    ...(handout.config === undefined ? {} : { config: handout.config }),
    ...(handout.ca === undefined ? {} : { ca: handout.ca }),
  };
}

/** The same values as environment variables; undefined ones must not be inherited either. */
export function agentEnvironment(handout: AgentHandout): Record<string, string | undefined> {
  return {
    DEEPFLOW_SERVER: serverAddress(handout),
    DEEPFLOW_CLUSTER_ID: handout.clusterId === "" ? undefined : handout.clusterId,
    DEEPFLOW_AGENT_ID: String(handout.agentId),
    KUBECONFIG: handout.kubeconfig,
    DEEPFLOW_SYNC_INTERVAL_MS: String(handout.intervalMs),
    DEEPFLOW_CALL_TIMEOUT_MS: String(handout.callTimeoutMs),
    DEEPFLOW_KUBERNETES_RESOURCES: handout.kubernetesResources ?? NO_SETTINGS,
  };
}

/** Replaces `{name}` by its value in every argument. Names without a value, and every other brace, stay as they are. */
export function fillPlaceholders(args: readonly string[], values: Readonly<Record<string, string>>): string[] {
  return args.map((argument) =>
    argument.replace(/\{([a-z_]+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? whole) : whole)),
  );
}

function serverAddress({ host, port }: AgentHandout): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
