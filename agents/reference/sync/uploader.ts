import type { SyncEntry, SyncMessage, SynchronizerClient } from "../../../proto/index.ts";
import type { AgentBehaviour } from "../behaviour.ts";
import type { Collector } from "../collect/collector.ts";
import { reasonOf, type Log } from "../log.ts";

/** Who the agent says it is. */
interface AgentIdentity {
  readonly clusterId: string;
  readonly agentId: number;
  readonly sourceIp?: string;
  readonly teamId?: string;
}

/** What an uploader works with. */
export interface UploaderOptions {
  readonly client: SynchronizerClient;
  readonly collector: Collector;
  readonly behaviour: AgentBehaviour;
  readonly identity: AgentIdentity;
  readonly callTimeoutMs: number;
  readonly log: Log;
  /** Aborting cancels the call that is under way. */
  readonly signal: AbortSignal;
  readonly onCall?: (outcome: "answered" | "failed", entries: number) => void;
}

/**
 * Keeps the server's view of the cluster: which version stands for which content, and whether the server has it.
 * A version is bound to a frozen list of entries: whatever is sent under it again is that list and no other.
 */
export class Uploader {
  readonly #options: UploaderOptions;
  #version: bigint;
  #frozen: { readonly revision: number; readonly entries: readonly SyncEntry[] } | undefined;
  #acknowledged = false;

  /** @param firstVersion must be above every version of this agent's earlier lives */
  constructor(options: UploaderOptions, firstVersion: bigint) {
    this.#options = options;
    this.#version = firstVersion;
  }

  /** Does what one interval calls for. False where a call failed: the next beat repeats what it was for. */
  async beat(): Promise<boolean> {
    const { collector, behaviour, identity } = this.#options;
    const errorMsg = collector.errorMessage();
    if (!collector.isReady) return errorMsg === "" ? true : (await this.#send([], errorMsg)) !== "failed";

    const changed = this.#freeze();
    const content = behaviour.beat({
      changed,
      acknowledged: this.#acknowledged,
      failing: errorMsg !== "",
      agentId: identity.agentId,
    });
    if (content === "nothing") return true;
    if (content === "all-entries") return this.#sendEverything(errorMsg);

    const answer = await this.#send([], errorMsg);
    if (answer === "failed") return false;
    if (!behaviour.wantsEverything(this.#version, answer.version)) return true;
    this.#options.log("info", "the server holds another version", { own: this.#version, held: answer.version });
    this.#version = behaviour.nextVersion(this.#version, "resend");
    return this.#sendEverything(errorMsg);
  }

  /** Binds what is collected to a version, if it is not already. True where it is new. */
  #freeze(): boolean {
    const { collector, behaviour } = this.#options;
    const { revision } = collector;
    const changed = this.#frozen?.revision !== revision;
    if (this.#frozen !== undefined) this.#version = behaviour.nextVersion(this.#version, changed ? "changed" : "beat");
    if (changed) {
      this.#frozen = { revision, entries: collector.snapshot() };
      this.#acknowledged = false;
    }
    return changed;
  }

  async #sendEverything(errorMsg: string): Promise<boolean> {
    const answer = await this.#send(this.#frozen?.entries ?? [], errorMsg);
    this.#acknowledged = answer !== "failed";
    return this.#acknowledged;
  }

  async #send(entries: readonly SyncEntry[], errorMsg: string): Promise<{ version?: bigint } | "failed"> {
    const { client, behaviour, identity, callTimeoutMs, signal, log, onCall } = this.#options;
    const message: SyncMessage = behaviour.finish({ ...identity, version: this.#version, errorMsg, entries });
    const facts = { version: message.version, entries: message.entries?.length ?? 0 };
    const startedAt = performance.now();
    try {
      const answer = await client.kubernetesApiSync(message, { timeoutMs: callTimeoutMs, signal });
      const ms = Math.round(performance.now() - startedAt);
      log("info", "sent", { ...facts, answer: answer.version ?? "none", ms, ...(errorMsg && { error: errorMsg }) });
      onCall?.("answered", facts.entries);
      return answer;
    } catch (error) {
      log("warn", "call failed", { ...facts, reason: reasonOf(error) });
      onCall?.("failed", facts.entries);
      behaviour.callFailed(statusOf(error));
      return "failed";
    }
  }
}

/** The gRPC status of a failed call. */
function statusOf(error: unknown): number | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "number" ? code : undefined;
}
