import type { RawLine } from "../../transcript/index.ts";
import type { PlannedScenario } from "../plan.ts";
import { createApiReader } from "./api-side.ts";
import type { BlobStore } from "./blobs.ts";
import { readClusterIdAnswer } from "./cluster-id-calls.ts";
import { number, optionalText, text } from "./fields.ts";
import { overAt } from "./fault-specs.ts";
import type { Mutable } from "./mutable.ts";
import { answerCall, readCall } from "./sync-calls.ts";
import type { AgentLife, FaultRecord, Moment, OtherCall, ScenarioHistory, Stall, StepRecord, SyncCall } from "./types.ts";

/** Characters of an agent's output that are kept. */
const LAST_WORDS = 1000;

/** Reads the lines of one tenant. */
export interface ScenarioReader {
  /** One object for the whole run; it grows with each line. */
  readonly history: ScenarioHistory;
  push(line: RawLine): void;
}

/** @param first the tenant's first line, which counts as its beginning until a line says when it began */
export function createScenarioReader(planned: PlannedScenario, first: RawLine, blobs: BlobStore): ScenarioReader {
  const api = createApiReader(blobs);
  const steps: Mutable<StepRecord>[] = [];
  const lives: Mutable<AgentLife>[] = [];
  const faults: Mutable<FaultRecord>[] = [];
  const starved: Stall[] = [];
  const agent: Mutable<ScenarioHistory["agent"]> = { lives, starved };
  const synced = new Map<number, Mutable<SyncCall>>();
  const parties = new Map<string, string>();
  let coming: Moment | undefined;
  const others = new Map<number, Mutable<OtherCall>>();
  const scenario: Mutable<ScenarioHistory> = {
    name: planned.name,
    tenant: planned.tenant,
    clusterId: planned.clusterId,
    started: momentOf(first),
    steps,
    calls: [],
    foreignCalls: [],
    refusedCalls: [],
    otherCalls: [],
    resets: [],
    ageings: [],
    connections: [],
    faults,
    api: api.history,
    agent,
  };

  const readers: Readonly<Record<string, (line: RawLine) => void>> = {
    "run scenario-started"(line) {
      scenario.started = momentOf(line);
      scenario.name = optionalText(line, "scenario") ?? scenario.name;
    },
    "run scenario-ended"(line) {
      const aborted = optionalText(line, "aborted");
      scenario.ended = { ...momentOf(line), ...(aborted === undefined ? {} : { aborted }) };
    },
    "run cluster"(line) {
      scenario.caMd5 = text(line, "caMd5");
    },
    "run party": (line) => void parties.set(text(line, "peer"), text(line, "party")),
    "run step"(line) {
      const [step, note] = [text(line, "step"), optionalText(line, "note")];
      if (text(line, "event") === "began") {
        steps.push({ step, began: momentOf(line), ...(note === undefined ? {} : { note }) });
        return;
      }
      const open = steps.findLast((candidate) => candidate.step === step && !candidate.ended);
      if (!open) return;
      open.ended = { ...momentOf(line), satisfied: line["satisfied"] !== false };
      if (note !== undefined) open.note = note;
      if (line["passedOver"] === true) open.passedOver = true;
    },
    "rpc request"(line) {
      const read = readCall(line, blobs);
      if ("sync" in read) {
        const party = parties.get(read.sync.peer);
        const [, replica] = /^replica-(\d+)$/u.exec(party ?? "") ?? [];
        if (replica !== undefined) read.sync.replica = Number(replica);
        synced.set(read.sync.call, read.sync);
        (party === "other-writer" ? scenario.foreignCalls : scenario.calls).push(read.sync);
      } else {
        others.set(read.other.call, read.other);
        scenario.otherCalls.push(read.other);
      }
    },
    "rpc answer"(line) {
      const call = synced.get(number(line, "call"));
      if (call) return answerCall(call, line);
      const other = others.get(number(line, "call"));
      if (!other) return readRefused(line);
      other.code = number(line, "code");
      if (other.question) other.question = { ...other.question, answer: readClusterIdAnswer(line) };
    },
    "rpc reset": (line) => void scenario.resets.push(momentOf(line)),
    "rpc clock": (line) => void scenario.ageings.push(momentOf(line)),
    "rpc fault": readFault,
    "api fault": readFault,
    "rpc connection"(line) {
      if (line["event"] === "opened") scenario.connections.push(momentOf(line));
    },
    "agent coming": (line) => void (coming = momentOf(line)),
    "agent started"(line) {
      const started = momentOf(line);
      lives.push({ life: number(line, "life"), since: coming ?? started, started, signals: [], pauses: [] });
      coming = undefined;
    },
    "agent output"(line) {
      const life = lives.at(-1);
      if (life) life.lastWords = `${life.lastWords ?? ""}${text(line, "text")}`.slice(-LAST_WORDS);
    },
    "agent starved": (line) => void starved.push({ ...momentOf(line), ms: number(line, "ms") }),
    "agent unstartable"(line) {
      agent.unstartable = { ...momentOf(line), problem: text(line, "problem") };
    },
    "agent signalled"(line) {
      const [life, signal] = [lifeOf(line), text(line, "signal")];
      const pause = life?.pauses.at(-1);
      if (signal === "SIGSTOP") life?.pauses.push({ from: momentOf(line) });
      else if (signal !== "SIGCONT") life?.signals.push({ ...momentOf(line), signal });
      else if (life && pause && !pause.until) life.pauses[life.pauses.length - 1] = { ...pause, until: momentOf(line) };
    },
    "agent exited"(line) {
      const life = lifeOf(line);
      if (!life || life.exited) return;
      const code = line["code"];
      life.exited = {
        ...momentOf(line),
        code: typeof code === "number" ? code : null,
        signal: optionalText(line, "signal") ?? null,
      };
    },
  };

  /** An answer that names its path answers a request that was not recorded. */
  function readRefused(line: RawLine): void {
    const path = optionalText(line, "path");
    if (path === undefined) return;
    const details = optionalText(line, "details") ?? "";
    scenario.refusedCalls.push({ ...momentOf(line), call: number(line, "call"), path, code: number(line, "code"), details });
  }

  function readFault(line: RawLine): void {
    const [fault, event] = [text(line, "fault"), text(line, "event")];
    const alike = faults.filter((candidate) => candidate.fault === fault);
    // Of faults that are alike the first scripted fires first, as often as it may.
    const known = alike.find((candidate) => !candidate.removed && overAt(candidate) === undefined) ?? alike.at(-1);
    if (event === "scripted") faults.push({ fault, scripted: momentOf(line), hits: [] });
    else if (known && event === "fired") {
      known.fired ??= momentOf(line);
      known.hits.push({ ...momentOf(line), ...numbered(line, "call"), ...numbered(line, "req") });
    } else if (known) known.removed ??= momentOf(line);
  }

  function lifeOf(line: RawLine): Mutable<AgentLife> | undefined {
    return lives.find((life) => life.life === line["life"]);
  }

  return {
    history: scenario,
    push(line) {
      if (line.side === "api" && line.kind !== "fault") api.push(line);
      else readers[`${line.side} ${line.kind}`]?.(line);
    },
  };
}

function momentOf({ seq, t }: RawLine): { readonly seq: number; readonly t: number } {
  return { seq, t };
}

/** The number of the call or request that a fault hit, where it hit one. */
function numbered<K extends string>(line: RawLine, key: K): { readonly [Key in K]?: number } {
  const value = line[key];
  return typeof value === "number" ? ({ [key]: value } as { readonly [Key in K]?: number }) : {};
}
