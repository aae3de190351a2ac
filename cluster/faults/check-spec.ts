import type { ApiFaultSpec } from "./types.ts";

type FaultName = ApiFaultSpec["fault"];

/** Faults that need a watch to act on. */
const WATCHES: ReadonlySet<FaultName> = new Set([
  "api-freeze-watch",
  "api-end-watch",
  "api-error-event",
  "api-drop-event",
  "api-duplicate-event",
]);

/** Faults that can act on a watch that is open already. */
const OPEN: ReadonlySet<FaultName> = new Set([...WATCHES, "api-reset", "api-goaway"]);

/** Verbs that a fault can hit at all; the others hit any. */
const VERBS: Readonly<Partial<Record<FaultName, readonly string[]>>> = {
  "api-truncate": ["get", "list"],
  "api-expire-continue": ["list"],
  "api-stale-list": ["list"],
  "api-small-pages": ["list"],
};

/** Whether a fault acts on the events of a watch, and not on the answer as a whole. */
export function isWatchFault({ fault }: ApiFaultSpec): boolean {
  return WATCHES.has(fault);
}

/** The verbs that a fault hits; undefined: any. */
export function verbsOf(spec: ApiFaultSpec): readonly string[] | undefined {
  if (isWatchFault(spec) || spec.open === true) return ["watch"];
  if (spec.verb !== undefined) return [spec.verb];
  if (spec.page !== undefined) return ["list"];
  return VERBS[spec.fault];
}

/**
 * Refuses a fault that could never fire, or not as it says.
 * @throws RangeError that names what contradicts what
 */
export function checkSpec(spec: ApiFaultSpec): void {
  const { fault, verb, skip = 0, times = 1, chance = 1 } = spec;
  const refuse = (why: string): never => {
    throw new RangeError(`fault ${fault}: ${why}`);
  };
  const possible = isWatchFault(spec) ? ["watch"] : VERBS[fault];
  if (verb !== undefined && possible?.includes(verb) === false) refuse(`hits ${possible.join(" and ")} only, not ${verb}`);
  if (spec.open === true && !OPEN.has(fault)) refuse("cannot act on a watch that is open already; leave `open` out");
  if (spec.open === true && verb !== undefined && verb !== "watch") refuse(`\`open\` is for watches, not for ${verb}`);
  if (spec.page !== undefined && !(verbsOf(spec) ?? ["list"]).includes("list")) refuse("`page` is for lists");
  if (fault === "api-expire-continue" && spec.page === "first") refuse("a first page has no token that could expire");
  if (!isCount(skip)) refuse(`skip must be a whole number from 0, not ${skip}`);
  if (times !== "all" && !(isCount(times) && times > 0)) refuse(`times must be a whole number from 1, or "all", not ${times}`);
  if (!(chance >= 0 && chance <= 1)) refuse(`chance must lie between 0 and 1, not ${chance}`);
  if (fault === "api-status" && !(Number.isInteger(spec.code) && spec.code >= 400 && spec.code <= 599)) {
    refuse(`code must be an HTTP status from 400 to 599, not ${spec.code}`);
  }
  if (fault === "api-delay" && !(spec.ms >= 0 && spec.ms < 2 ** 31))
    refuse(`ms must be a duration in milliseconds, not ${spec.ms}`);
  if (fault === "api-small-pages" && !(isCount(spec.limit) && spec.limit > 0)) {
    refuse(`limit must be a whole number from 1, not ${spec.limit}`);
  }
  if ((fault === "api-drop-event" || fault === "api-duplicate-event") && !(isCount(spec.count ?? 1) && spec.count !== 0)) {
    refuse(`count must be a whole number from 1, not ${spec.count}`);
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
