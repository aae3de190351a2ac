import { checkSpec } from "../../cluster/faults/check-spec.ts";
import type { ApiFaultSpec } from "../../cluster/index.ts";
import type { FaultSpec } from "../../server-mock/index.ts";
import { DocumentError, readDocument } from "../documents/index.ts";
import { faultsSchema } from "./schema.ts";
import type { GivenFault } from "./types.ts";

const MAX_UINT64 = 2n ** 64n - 1n;

interface Row {
  readonly fault: string;
  readonly scenario?: string;
  readonly at?: GivenFault["at"];
  readonly [key: string]: unknown;
}

/**
 * Reads a file of faults. Pure.
 *
 * @param name of the file, for messages
 * @param scenarios that are told; undefined where there are none, as the mock stands alone
 * @throws DocumentError with all that is wrong, what could never fire among it
 */
export function readFaults(text: string, name: string, scenarios: readonly string[] | undefined): readonly GivenFault[] {
  const document = readDocument(text, faultsSchema, name);
  const problems: string[] = [];
  const faults = (document.value as { readonly faults: readonly Row[] }).faults.map((row, index) => {
    const tell = (problem: string) => {
      problems.push(`${name}:${document.lineOf(["faults", index]) ?? 1}: faults[${index}] (${row.fault}): ${problem}`);
    };
    for (const problem of scenarios === undefined ? misplacedAlone(row) : misplacedInRun(row, scenarios)) tell(problem);
    return toFault(row, tell);
  });
  if (problems.length > 0) throw new DocumentError(problems.join("\n"));
  return faults;
}

function misplacedAlone({ fault, scenario, at }: Row): readonly string[] {
  return [
    ...(fault.startsWith("api-") ? ["the mock alone has no API server; it takes a run"] : []),
    ...(scenario === undefined ? [] : ["the mock alone tells no scenario; give cluster, or leave it out"]),
    ...(at === undefined ? [] : ["the mock alone has no opening; leave `at` out"]),
  ];
}

function misplacedInRun({ scenario, ...row }: Row, scenarios: readonly string[]): readonly string[] {
  return [
    ...(row["cluster"] === undefined
      ? []
      : ["each scenario of a run has a cluster_id of its own; give scenario in place of cluster"]),
    ...(scenario === undefined || scenarios.includes(scenario)
      ? []
      : [`this run tells no scenario "${scenario}"; it tells ${scenarios.join(", ")}`]),
  ];
}

function toFault({ scenario, at = "opening", ...rest }: Row, tell: (problem: string) => void): GivenFault {
  const place = { at, ...(scenario === undefined ? {} : { scenario }) };
  if (!rest.fault.startsWith("api-")) return { ...place, side: "server", spec: withVersion(rest, tell) as unknown as FaultSpec };
  const spec = rest as unknown as ApiFaultSpec;
  try {
    checkSpec(spec);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    tell(error.message.replace(/^fault [\w-]+: /u, ""));
  }
  return { ...place, side: "api", spec };
}

/** Versions have 64 bits, which numbers of JSON have not. */
function withVersion(row: Row, tell: (problem: string) => void): Row {
  const version = row["version"];
  if (version === undefined || version === null) return row;
  const value = BigInt(version as string | number);
  if (value > MAX_UINT64) tell(`version is ${value}; it must be at most ${MAX_UINT64}`);
  return { ...row, version: value };
}
