import type { AgentVersion, VersionRange } from "./agent-version.ts";

/**
 * A special environment as data: what the renderer writes and the rules expect. Adding one is adding such a file.
 * Source: the special environments of the deepflow documentation, chapters 1 to 4, and protocol.md 5.4 and 6.
 */
export interface Environment {
  readonly name: string;
  readonly title: string;
  /** What is special, and what it takes; one paragraph. */
  readonly summary: string;
  /** Chapter of the documentation and section of protocol.md. */
  readonly source: string;
  /** Agents that can do it; absent: all. */
  readonly agents?: VersionRange;
  /** Why the others cannot. */
  readonly unavailable?: string;
  /** What there is to apply, in this order. */
  readonly parts: readonly PartName[];
  readonly capture?: CaptureProfile;
  readonly resources?: readonly ResourceEntry[];
  readonly watch?: WatchProfile;
  readonly host?: HostProfile;
  readonly steps: readonly Step[];
  readonly notes?: readonly Note[];
}

/** The kinds of documents that are rendered and judged. */
export type PartName =
  | "agent-group-config"
  | "agent-config"
  | "cluster-role"
  | "helm-values"
  | "watcher"
  | "daemonset"
  | "endpoint"
  | "host";

/** How packets are captured where pods have no own NIC in the root network namespace. Source: protocol.md 6.4. */
export interface CaptureProfile {
  /** 1: what is seen on the node's NIC counts as seen on the pod's (virtual mirror); 0: it does not. */
  readonly captureMode: 0 | 1;
  /** Agents need an agent group of their own, asked for at registration. */
  readonly ownGroup: boolean;
  readonly observed: ObservationPoints;
}

/** Where pod-to-pod traffic is seen. */
interface ObservationPoints {
  readonly sameNode: readonly string[];
  readonly crossNode: readonly string[];
  readonly remark: string;
}

/** An entry of the agent's resource list. Source: protocol.md 6.1, 6.3. */
export interface ResourceEntry {
  readonly name: string;
  readonly group?: string;
  readonly version?: string;
  readonly disabled?: boolean;
}

/** Who list-watches the API server, and who must not. Source: protocol.md 5.4, 5.6. */
export interface WatchProfile {
  readonly watcher: "deployment" | "pseudo-agent";
  readonly others: "processes" | "daemonset" | "any";
}

/** What an agent without root needs on its host. */
export interface HostProfile {
  readonly binary: string;
  readonly user: string;
  readonly capabilities: readonly string[];
  /** Folders of cgroup v1. */
  readonly folders: readonly string[];
}

/** One thing to do, with the command where there is one. */
export interface Step {
  readonly text: string;
  readonly commands?: readonly string[];
  readonly agents?: VersionRange;
}

/** Something to know. */
interface Note {
  readonly text: string;
  readonly agents?: VersionRange;
}

/** A text to judge. */
export interface InputFile {
  readonly file: string;
  readonly text: string;
}

/** What was found wrong, or doubtful, and where. */
export interface Finding {
  readonly level: "error" | "warning";
  /** Stable code of the rule; see `rules/codes.ts`. */
  readonly rule: string;
  readonly file: string;
  /** 1-based; 0 where the finding is about a host and not a text. */
  readonly line: number;
  readonly column: number;
  /** Keys from the document's root: `static_config.kubernetes-resources[2].group`. */
  readonly path: string;
  readonly problem: string;
  readonly consequence: string;
  readonly mend: string;
  readonly source: string;
}

/** The outcome of a check. Right when no finding is an error. */
export interface CheckResult {
  readonly environment: string;
  readonly agent: string;
  readonly findings: readonly Finding[];
  /** What was recognised and judged. */
  readonly judged: readonly { readonly file: string; readonly line: number; readonly part: PartName }[];
  /** What belongs to the environment but was in none of the files. */
  readonly notJudged: readonly PartName[];
}

/** A rendered document. `text` is YAML with comments; `content` is what it parses to. */
export interface MaterialFile {
  readonly part: PartName;
  readonly fileName: string;
  /** The command that applies it. */
  readonly apply: string;
  readonly text: string;
  readonly content: unknown;
}

/** An environment variable to set. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
  /** Where. */
  readonly on: string;
}

/** Everything that `env show` prints. */
export interface Material {
  readonly name: string;
  readonly title: string;
  readonly agent: string;
  readonly summary: string;
  readonly source: string;
  readonly files: readonly MaterialFile[];
  readonly environmentVariables: readonly EnvironmentVariable[];
  readonly steps: readonly { readonly text: string; readonly commands: readonly string[] }[];
  readonly observationPoints: ObservationPoints | null;
  readonly notes: readonly string[];
}

/** Material, or why there is none for that agent. */
export type Rendering =
  | { readonly available: true; readonly material: Material }
  | { readonly available: false; readonly reason: string };

/** What the renderers are given. */
export interface RenderContext {
  readonly environment: Environment;
  readonly agent: AgentVersion;
}
