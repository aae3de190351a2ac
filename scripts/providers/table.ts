import type { Verdict } from "../../suites/results.ts";
import {
  providerNames,
  type Difference,
  type ProviderName,
  type ProviderProperty,
  type ProviderTable,
  type Telling,
  type Verdicts,
} from "./types.ts";

const VERDICTS: readonly Verdict[] = ["pass", "fail", "not-testable", "not-applicable"];

/** Every requirement on which the providers of a telling disagree. Pure. */
export function differencesIn(tellings: readonly Telling[]): readonly Difference[] {
  return tellings.flatMap(({ agent, scenario, on }) => {
    const ran = providerNames.filter((name) => on[name] !== undefined);
    const ids = new Set(ran.flatMap((name) => Object.keys(on[name] ?? {})));
    return [...ids].flatMap((requirement): readonly Difference[] => {
      // A requirement that was judged on some alone is as much a difference as another verdict.
      const said = new Set(ran.map((name) => on[name]?.[requirement]));
      if (said.size <= 1) return [];
      const verdicts = Object.fromEntries(ran.flatMap((name) => pairOf(name, on[name]?.[requirement])));
      return [{ agent, scenario, requirement, verdicts }];
    });
  });
}

function pairOf(name: ProviderName, verdict: Verdict | undefined): readonly (readonly [ProviderName, Verdict])[] {
  return verdict === undefined ? [] : [[name, verdict]];
}

/** The property by which a provider's verdict is what it is. */
export function propertyOf(
  properties: readonly ProviderProperty[],
  provider: ProviderName,
  seen: {
    readonly agent: string;
    readonly scenario: string;
    readonly requirement: string;
    readonly verdict: Verdict | undefined;
  },
): ProviderProperty | undefined {
  return properties.find(
    (property) =>
      property.provider === provider &&
      property.explains.some(
        ({ agent, scenario, requirement, verdict }) =>
          (agent ?? seen.agent) === seen.agent &&
          scenario === seen.scenario &&
          requirement === seen.requirement &&
          verdict === seen.verdict,
      ),
  );
}

/** The properties that explain a difference; undefined where, these apart, providers still disagree. */
export function explanationOf(
  { verdicts, ...where }: Difference,
  ran: readonly ProviderName[],
  properties: readonly ProviderProperty[],
): readonly ProviderProperty[] | undefined {
  const found = ran.map((name) => ({
    verdict: verdicts[name],
    property: propertyOf(properties, name, { ...where, verdict: verdicts[name] }),
  }));
  const left = new Set(found.flatMap(({ verdict, property }) => (property === undefined ? [verdict] : [])));
  return left.size > 1 ? undefined : found.flatMap(({ property }) => property ?? []);
}

/** Explanations that explain nothing among these tellings, in words. @param ran providers that they were told on */
export function staleIn(
  properties: readonly ProviderProperty[],
  tellings: readonly Telling[],
  ran: readonly ProviderName[],
): readonly string[] {
  return properties
    .filter(({ provider }) => ran.includes(provider))
    .flatMap(({ name, provider, explains }) =>
      explains
        .filter(
          ({ agent, scenario, requirement, verdict }) =>
            !tellings.some(
              (telling) =>
                (agent ?? telling.agent) === telling.agent &&
                telling.scenario === scenario &&
                telling.on[provider]?.[requirement] === verdict,
            ),
        )
        .map(({ scenario, requirement, verdict }) => `${name} explains ${requirement} ${verdict} in ${scenario}: not seen`),
    );
}

/**
 * A new table, in which what was not run now stands as it was.
 * @param whole every agent was run: what was not told to one of these any more is gone
 */
export function merged(seen: ProviderTable, before: ProviderTable | undefined, whole: boolean): ProviderTable {
  if (before === undefined) return seen;
  const ran = new Set(providerNames.filter((name) => seen.versions[name] !== undefined));
  const kept = <T>(record: Readonly<Partial<Record<ProviderName, T>>>) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !ran.has(name as ProviderName)));
  const agents = new Map([...before.agents, ...seen.agents].map((agent) => [agent.name, agent]));
  const rows = new Map(before.tellings.map((telling) => [keyOf(telling), telling]));
  for (const telling of seen.tellings) {
    rows.set(keyOf(telling), { ...telling, on: { ...kept(rows.get(keyOf(telling))?.on ?? {}), ...telling.on } });
  }
  const told = new Set(seen.tellings.map(keyOf));
  const now = new Set(seen.agents.map(({ name }) => name));
  return {
    ...seen,
    versions: { ...before.versions, ...seen.versions },
    agents: [...agents.values()],
    tellings: [...rows.values()].filter((telling) => !whole || told.has(keyOf(telling)) || !now.has(telling.agent)),
    contract:
      seen.contract.length === 0
        ? before.contract
        : [...seen.contract, ...before.contract.filter(({ provider }) => !ran.has(provider))],
  };
}

/**
 * Where what was seen is not what is written down, in words; what was not run now is not compared.
 * @param entire each agent that was run was told all of its scenarios
 */
export function changesIn(seen: ProviderTable, committed: ProviderTable, entire: boolean): readonly string[] {
  const written = new Map(committed.tellings.map((telling) => [keyOf(telling), telling.on]));
  const verdicts = seen.tellings.flatMap((telling) =>
    providerNames.flatMap((name) => {
      const [now, then] = [telling.on[name], written.get(keyOf(telling))?.[name]];
      if (now === undefined) return [];
      const where = `${telling.agent} in ${telling.scenario} on ${name}`;
      if (then === undefined) return [`${where} is not in the table`];
      const ids = [...new Set([...Object.keys(now), ...Object.keys(then)])].filter((id) => now[id] !== then[id]);
      return ids.map((id) => `${where}: ${id} was ${then[id] ?? "not judged"}, and is ${now[id] ?? "not judged"}`);
    }),
  );
  const ran = providerNames.filter((name) => seen.versions[name] !== undefined);
  const told = new Set(seen.tellings.map(keyOf));
  const untold = committed.tellings
    .filter((telling) => entire && seen.agents.some(({ name }) => name === telling.agent) && !told.has(keyOf(telling)))
    .flatMap(({ agent, scenario, on }) =>
      ran.filter((name) => on[name] !== undefined).map((name) => `${agent} in ${scenario} on ${name} was not told`),
    );
  const contract = seen.contract.flatMap(({ server, version, confirmed }) => {
    const then = committed.contract.find((row) => row.server === server && row.version === version);
    // Another version of a real API server confirms other cases.
    if (then === undefined || then.confirmed === confirmed) return [];
    return [`${server} confirmed ${then.confirmed} cases of the contract, and confirms ${confirmed}`];
  });
  return [...verdicts, ...untold, ...contract];
}

function keyOf({ agent, run, scenario }: Telling): string {
  return `${agent} ${run} ${scenario}`;
}

/** Providers whose verdicts are the same, with them; one group where all agree. */
export function groupsOf({
  on,
}: Telling): readonly { readonly providers: readonly ProviderName[]; readonly verdicts: Verdicts }[] {
  const groups: { readonly providers: ProviderName[]; readonly verdicts: Verdicts; readonly key: string }[] = [];
  for (const name of providerNames) {
    const verdicts = on[name];
    if (verdicts === undefined) continue;
    const key = JSON.stringify(packed(verdicts));
    const same = groups.find((group) => group.key === key);
    if (same === undefined) groups.push({ providers: [name], verdicts, key });
    else same.providers.push(name);
  }
  return groups;
}

/** Ids by verdict, in one string each. */
export function packed(verdicts: Verdicts): Readonly<Partial<Record<Verdict, string>>> {
  const ids = (verdict: Verdict) =>
    Object.keys(verdicts)
      .filter((id) => verdicts[id] === verdict)
      .sort()
      .join(" ");
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, ids(verdict)] as const).filter(([, text]) => text !== ""));
}

/** The other way round. */
export function unpacked(record: Readonly<Partial<Record<Verdict, string>>>): Verdicts {
  return Object.fromEntries(
    VERDICTS.flatMap((verdict) =>
      (record[verdict] ?? "")
        .split(" ")
        .filter(Boolean)
        .map((id) => [id, verdict] as const),
    ),
  );
}
