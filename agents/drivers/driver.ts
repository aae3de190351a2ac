import type { Recorder } from "../../transcript/index.ts";
import type { AgentSettings } from "./placeholders.ts";

/** From where an agent dials: a process on this host, a container beside it, or a pod of the cluster. */
export type AgentPlace = "host" | "container" | "pod";

/**
 * What a story may do to an agent, and see of it:
 * - `start`: know when it was started
 * - `follow`: see it end
 * - `stop`: SIGTERM, and the grace to leave
 * - `kill`: SIGKILL
 * - `restart`: start it again within one scenario
 * - `freeze`: SIGSTOP and SIGCONT
 * - `no-watch`: start it by the command that tells it not to watch
 * - `replicas`: start a second one beside it, with another address of the mock server
 */
export type AgentPower = "start" | "follow" | "stop" | "kill" | "restart" | "freeze" | "no-watch" | "replicas";

/** How one start of an agent differs from the others of its scenario. */
export interface AgentVariant {
  /** Started by the command that tells it so. */
  readonly told?: "not-to-watch";
  /** Another address of the mock server, by which a replica is told apart. */
  readonly server?: { readonly host: string; readonly port: number };
}

/** What cannot be done to an agent of some form, with the reason for people. */
export type PowersLacking = Readonly<Partial<Record<AgentPower, string>>>;

/** Puts agents of one form into scenarios. Made once a run; disposing removes what it holds for all scenarios. */
export interface AgentDriver extends AsyncDisposable {
  readonly place: AgentPlace;
  /** How its agents find this host; absent: by loopback, or, inside a cluster, as the cluster knows. */
  readonly host?: { readonly listen: string; readonly name: string };
  readonly lacks: PowersLacking;
  /** How many scenarios may run side by side at most. */
  readonly jobs: number;
  /**
   * Makes ready what the agent of one scenario needs, and starts nothing.
   *
   * @throws AgentUnstartableError after an `unstartable` line: no agent of this scenario can ever run
   */
  open(request: AgentRequest): Promise<ScenarioAgent>;
}

/** One scenario's agent, which is started once or several times. Disposing removes what `open` made. */
export interface ScenarioAgent extends AsyncDisposable {
  /**
   * Starts it, and records `started`, `output`, `signalled`, `exited`.
   *
   * @param life number of this start within the scenario, from 1
   * @param variant how this start differs from the others; only what the form does not lack
   * @throws AgentUnstartableError after an `unstartable` line: it never ran
   */
  start(life: number, variant?: AgentVariant): Promise<RunningAgent>;
}

/** What an agent is put into. */
export interface AgentRequest {
  /** Names the scenario run. */
  readonly tenant: string;
  readonly recorder: Recorder;
  readonly settings: AgentSettings;
  readonly access: AgentAccess;
  /** The agent's configuration file, its placeholders not filled in; of the name only the extension counts. */
  readonly template?: { readonly name: string; readonly text: string };
  /** Resolves when it dials: for agents that somebody else starts. */
  readonly heard?: Promise<void>;
  /** For agents inside the cluster: what puts them there. */
  readonly inside?: InsideCluster;
  /** For agents inside the cluster: rules of the ClusterRole that they get; default: they may read everything. */
  readonly rules?: readonly unknown[];
  /** Aborting ends every wait for an agent to come up. What was started is ended by disposing it. */
  readonly signal: AbortSignal;
}

/** What agents are put into a cluster with. */
export interface InsideCluster {
  /** The administrator's hand. */
  readonly hand: ClusterHand;
  /** Where the agents' own objects go; it is removed by whoever made it. */
  readonly namespace: string;
  /** What marks objects as this run's own, so that a later run removes what is left of it. */
  readonly marks: Marks;
}

/** Labels and annotations of every object that a run makes. */
interface Marks {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** How an agent reaches its API server, from where it dials. */
export interface AgentAccess {
  /** `https://HOST:PORT` */
  readonly url: string;
  readonly caPem: string;
  readonly token: string;
  /** The same as one self-contained kubeconfig file. */
  readonly kubeconfig: string;
}

/** How an agent ended: by a code, or by a signal; both null where that cannot be known. */
export interface AgentExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A started agent. Disposing kills it and waits until it is gone. */
export interface RunningAgent extends AsyncDisposable {
  readonly life: number;
  /** Process id on this host; absent where there is none. */
  readonly pid?: number;
  /** Resolves when the agent has ended; never rejects. */
  readonly exited: Promise<AgentExit>;
  /** Sends a signal, and records it. Without effect once the agent has ended, and where its form lacks the power. */
  signal(name: NodeJS.Signals): void;
  /** SIGTERM, and SIGKILL after the grace. Says whether the agent left by itself within it (or had left before). */
  stop(graceMs: number): Promise<"left" | "killed">;
}

/** The agent never ran. The message says why, and how to mend it. */
export class AgentUnstartableError extends Error {
  override readonly name = "AgentUnstartableError";
}

/** What the agents of this form run on is missing, such as a container engine: the environment's failure. */
export class AgentPlaceError extends Error {
  override readonly name = "AgentPlaceError";
  readonly code = "agent-place";
}

/** Requests to the API server with an administrator's rights; `ClusterHand` of the cluster side. */
export interface ClusterHand {
  open(path: string, request?: HandRequest): Promise<HandAnswer>;
}

/** A request of an administrator; the body is sent as JSON. */
export interface HandRequest {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

/** The beginning of an answer; the body comes piece by piece. */
export interface HandAnswer {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array>;
}
