import { writeAgentFiles } from "../agent-files.ts";
import { AgentUnstartableError, type AgentDriver, type AgentExit, type AgentRequest, type RunningAgent } from "../driver.ts";
import type { AgentStarted, AgentUnstartable } from "../events.ts";
import { powersLacking } from "../forms.ts";
import { agentEnvironment, placeholderValues } from "../placeholders.ts";

/** What somebody is told who starts the agent of a scenario. */
export type Invitation =
  | {
      readonly state: "awaited";
      readonly tenant: string;
      /** The environment that the agent gets; a variable that must not be set is left out. */
      readonly environment: Readonly<Record<string, string>>;
      /** The same by placeholder, and paths of files: `server`, `kubeconfig`, `ca`, `config`. */
      readonly values: Readonly<Record<string, string>>;
      /** For how long it is awaited, in milliseconds. */
      readonly budgetMs: number;
    }
  /** It dialled. */
  | { readonly state: "heard"; readonly tenant: string }
  /** The scenario is over: it can be stopped. */
  | { readonly state: "over"; readonly tenant: string };

/**
 * Agents that somebody else starts, one for each scenario, and stops after it. One after the other: there is one somebody.
 *
 * @param invite is told when to start the agent, with what, and when to stop it
 * @param budgetMs how long the agent of a scenario is awaited
 * @param host how the agents find this host; default: by loopback
 */
export function attachDriver(
  invite: (invitation: Invitation) => void,
  budgetMs: number,
  host?: AgentDriver["host"],
): AgentDriver {
  /** Nobody who did not come for one scenario is awaited for all others. */
  let inVain: string | undefined;

  async function awaitAgent(request: AgentRequest): Promise<void> {
    const { tenant, recorder, heard = new Promise<void>(() => {}), signal } = request;
    if (inVain === undefined && (await comes(heard, budgetMs, signal))) return;
    const problem =
      inVain ??
      `nobody dialled within ${budgetMs / 1000} s: start the agent with what is printed, or wait longer by --start-timeout`;
    inVain ??= `nobody dialled in ${tenant}, so the agent is not awaited any more`;
    recorder.record<AgentUnstartable>({ side: "agent", kind: "unstartable", problem });
    throw new AgentUnstartableError(problem);
  }

  return {
    place: "host",
    ...(host && { host }),
    lacks: powersLacking("attach", "host"),
    jobs: 1,
    async open(request) {
      const { tenant, recorder } = request;
      const files = writeAgentFiles(request);
      let invited = false;
      return {
        async start(life) {
          const { handout } = files;
          const environment = Object.fromEntries(
            Object.entries(agentEnvironment(handout)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
          );
          if (inVain === undefined) {
            invite({ state: "awaited", tenant, environment, values: placeholderValues(handout), budgetMs });
            invited = true;
          }
          // Before it dials, since what it asks belongs to this life; when it was really started, nobody knows.
          recorder.record<AgentStarted>({ side: "agent", kind: "started", life, command: [] });
          await awaitAgent(request);
          invite({ state: "heard", tenant });
          return attached(life);
        },
        async [Symbol.asyncDispose]() {
          if (invited) invite({ state: "over", tenant });
          files[Symbol.dispose]();
        },
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

/** Nothing can be done to it, and nobody tells how it ends. */
function attached(life: number): RunningAgent {
  return {
    life,
    exited: new Promise<AgentExit>(() => {}),
    signal: () => {},
    stop: async () => "left",
    [Symbol.asyncDispose]: async () => {},
  };
}

/** True where it came in time. @throws the signal's reason */
async function comes(heard: Promise<void>, budgetMs: number, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  let leave: () => void = () => {};
  const over = new Promise<false>((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), budgetMs);
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
    leave = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    };
  });
  try {
    return await Promise.race([heard.then(() => true), over]);
  } finally {
    leave();
  }
}
