import type { RawLine } from "../../transcript/index.ts";
import type { Plan } from "../plan.ts";
import { createBlobStore } from "./blobs.ts";
import { HistoryError } from "./error.ts";
import { number, optionalText, text } from "./fields.ts";
import { createScenarioReader, type ScenarioReader } from "./scenario-side.ts";
import type { History, ScenarioHistory, Stall } from "./types.ts";

/** Reads a transcript line by line, while it is written or afterwards. */
export interface HistoryReader {
  /**
   * Takes the next line. Never throws: a line that cannot be read is passed over and stands in the history's troubles.
   * Bytes are read when somebody looks at them, so that this is cheap.
   */
  push(line: RawLine): void;
  /**
   * What is known so far; a view that grows with the lines to come.
   *
   * @throws HistoryError where no header has come, or one of another format
   */
  history(): History;
  /** A tenant's scenario; the same object each time. Undefined until its first line. */
  scenario(tenant: string): ScenarioHistory | undefined;
  /** Lets go of a tenant's scenario, which is over; its lines to come are passed over. */
  forget(tenant: string): void;
}

/** A reader of one transcript. */
export function createHistoryReader(): HistoryReader {
  const blobs = createBlobStore();
  const readers = new Map<string, ScenarioReader>();
  const scenarios: ScenarioHistory[] = [];
  const troubles: History["troubles"][number][] = [];
  const stalls: Stall[] = [];
  const forgotten = new Set<string>();
  let plan: Plan | undefined;
  let format: unknown;
  let clusterVersion: string | undefined;
  let interrupted = false;
  let ended = false;
  let durationMs = 0;

  function readerOf(line: RawLine): ScenarioReader {
    const known = readers.get(line.tenant);
    if (known) return known;
    const planned = plan?.scenarios.find((scenario) => scenario.tenant === line.tenant);
    const made = createScenarioReader(
      planned ?? { name: line.tenant, tenant: line.tenant, clusterId: "", agentId: 0 },
      line,
      blobs,
    );
    readers.set(line.tenant, made);
    scenarios.push(made.history);
    return made;
  }

  function readRunLine(line: RawLine): boolean {
    if (line.side !== "run") return false;
    if (line.kind === "blob") blobs.add(line);
    else if (line.kind === "trouble")
      troubles.push(troubleOf(line, blameOf(line), optionalText(line, "text") ?? "unknown trouble"));
    else if (line.kind === "stall") stalls.push({ seq: line.seq, t: line.t, ms: number(line, "ms") });
    else if (line.kind === "cluster-opened") clusterVersion = text(line, "version");
    else if (line.kind === "interrupted") interrupted = true;
    else if (line.kind === "run-ended") ended = true;
    else if (line.kind === "header") {
      format = line["format"];
      if (format === 1) plan = line["plan"] as Plan;
    } else return false;
    return true;
  }

  return {
    push(line) {
      durationMs = Math.max(durationMs, line.t);
      try {
        if (!readRunLine(line) && line.tenant !== "" && !forgotten.has(line.tenant)) readerOf(line).push(line);
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        troubles.push(
          troubleOf(line, "harness", `transcript line ${line.seq} (${line.side} ${line.kind}) cannot be read: ${problem}`),
        );
      }
    },
    history() {
      if (format !== undefined && format !== 1) {
        throw new HistoryError(`the transcript has format ${JSON.stringify(format)}; this version reads format 1`);
      }
      if (!plan)
        throw new HistoryError("the transcript has no header line with its plan, so that nothing says what it was to show");
      return {
        plan,
        ...(clusterVersion === undefined ? {} : { clusterVersion }),
        scenarios,
        troubles,
        stalls,
        interrupted,
        ended,
        durationMs,
      };
    },
    scenario: (tenant) => readers.get(tenant)?.history,
    forget(tenant) {
      const known = readers.get(tenant);
      forgotten.add(tenant);
      if (!known) return;
      readers.delete(tenant);
      scenarios.splice(scenarios.indexOf(known.history), 1);
    },
  };
}

function blameOf(line: RawLine): "harness" | "environment" {
  return line["blame"] === "environment" ? "environment" : "harness";
}

function troubleOf({ seq, t, tenant }: RawLine, blame: "harness" | "environment", text: string) {
  return { seq, t, tenant, blame, text };
}
