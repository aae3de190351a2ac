import { judgeTranscript } from "../../judge.ts";
import { type BrokenCall, createStory } from "./story.ts";
import { entryOf } from "./wire.ts";
import { filling, namespace, type Placed, typeNames, versionInfo } from "./world.ts";

const CUT = JSON.stringify({ fault: "cut-connections" });
/** The script of an outage. */
export const OUTAGE = JSON.stringify({ fault: "outage" });

/** An agent of profile recovery, whose server fails in ways that a test writes down. */
export type FaultActor = ReturnType<typeof createFaultActor>;

/**
 * Who acts in a scenario, and what the harness does to it. Times are milliseconds; one budget is 20 s, a call has 15 s.
 *
 * @param id the requirement that is judged
 */
export function createFaultActor(scenario: string, id: string) {
  const story = createStory({ profiles: ["recovery"], scenarios: [scenario], only: [id] });
  const tenant = story.tenant(scenario);
  let calls = 0;
  let life = 0;
  let stopped = false;
  const state: Placed[] = filling.filter(({ resource }) => typeNames[resource] !== undefined);
  const send = (version: bigint, full: boolean, broken?: BrokenCall) => {
    calls += 1;
    const entries = state.map(({ resource, object }) => entryOf(typeNames[resource] ?? "", object));
    const envelope = { clusterId: tenant.clusterId, version, errorMsg: "", agentId: 7, sourceIp: "192.0.2.77" };
    tenant.sync(envelope, full ? [entryOf("*version.Info", versionInfo), ...entries] : [], "agent", broken);
  };
  const fault = (name: string, event: string) => void tenant.line("rpc", "fault", { fault: name, event });
  story.run("scenario-started", { scenario }, scenario);
  tenant.fill(filling);

  return {
    wait: (milliseconds: number) => story.wait(milliseconds),
    fault,
    start() {
      life += 1;
      tenant.line("agent", "started", { life, pid: life, command: ["agent"] });
      story.wait(100);
    },
    /** A pod that was let come, and whose kubelet has not told yet that it runs. */
    come: () => tenant.line("agent", "coming", { life: life + 1 }),
    upload: (version: bigint) => send(version, true),
    beat: (version: bigint) => send(version, false),
    /** A request that a fault hits, which was scripted before. */
    broken(name: string, version: bigint, full: boolean, broken: BrokenCall) {
      send(version, full, broken);
      tenant.line("rpc", "fault", { fault: name, event: "fired", call: calls });
    },
    change() {
      const made = namespace(`made-${state.length}`);
      tenant.commit("created", made);
      state.push(made);
    },
    /** The machine had no processor for it in the last so many milliseconds. */
    starved: (ms: number) => void tenant.line("agent", "starved", { life, ms }),
    outage(milliseconds: number) {
      fault(OUTAGE, "scripted");
      fault(OUTAGE, "fired");
      story.wait(milliseconds);
      fault(OUTAGE, "removed");
    },
    cut() {
      fault(CUT, "scripted");
      fault(CUT, "fired");
    },
    kill() {
      tenant.line("agent", "signalled", { life, signal: "SIGKILL" });
      tenant.line("agent", "exited", { life, code: null, signal: "SIGKILL" });
    },
    exit() {
      tenant.line("agent", "exited", { life, code: 1, signal: null });
      stopped = true;
    },
    judge() {
      if (!stopped) {
        tenant.line("agent", "signalled", { life, signal: "SIGTERM" });
        tenant.line("agent", "exited", { life, code: 0, signal: null });
      }
      story.run("scenario-ended", { scenario }, scenario);
      story.run("run-ended");
      const [check] = judgeTranscript(story.lines()).checks;
      return {
        verdict: check?.verdict,
        message: check?.message ?? "",
        evidence: check?.scenarios.flatMap((one) => one.evidence),
      };
    },
  };
}
