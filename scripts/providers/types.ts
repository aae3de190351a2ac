import type { Verdict } from "../../suites/results.ts";

/** Providers that are compared, in the order of the table. */
export const providerNames = ["embedded", "envtest", "kind"] as const;

/** Where the agents watch. */
export type ProviderName = (typeof providerNames)[number];

/** Verdicts of one telling, by requirement id. */
export type Verdicts = Readonly<Record<string, Verdict>>;

/** One agent in one scenario, by provider; absent where it was not told there. */
export interface Telling {
  readonly agent: string;
  /** Profiles and features, in words. */
  readonly run: string;
  readonly scenario: string;
  readonly on: Readonly<Partial<Record<ProviderName, Verdicts>>>;
}

/** A requirement on which providers disagree. */
export interface Difference {
  readonly agent: string;
  readonly scenario: string;
  readonly requirement: string;
  readonly verdicts: Readonly<Partial<Record<ProviderName, Verdict>>>;
}

/** Something that a provider is or does, by which a verdict may differ there. */
export interface ProviderProperty {
  readonly name: string;
  readonly provider: ProviderName;
  /** Why it is so, and why nothing can be done about it. */
  readonly reason: string;
  /** The verdicts that it explains; every one of them must be seen. */
  readonly explains: readonly {
    readonly scenario: string;
    readonly requirement: string;
    readonly verdict: Verdict;
    /** Default: any agent. */
    readonly agent?: string;
  }[];
}

/** How an API server kept the contract. */
export interface ContractRow {
  /** What it is, in words. */
  readonly server: string;
  readonly provider: ProviderName;
  /** `gitVersion`. */
  readonly version: string;
  readonly confirmed: number;
  /** Cases that it denied: none, or the embedded server behaves as no real one does. */
  readonly denied: readonly string[];
  /** Cases of which it cannot tell, with what a server would need for it. */
  readonly open: readonly { readonly name: string; readonly needs: string }[];
}

/** docs/providers.json: no times, no run ids, nothing that differs from run to run. */
export interface ProviderTable {
  readonly schemaVersion: 1;
  readonly requirementSet: string;
  readonly target: string;
  /** Versions of the clusters that the verdicts are of; absent: not run yet. */
  readonly versions: Readonly<Partial<Record<ProviderName, string>>>;
  readonly agents: readonly { readonly name: string; readonly describes: string }[];
  readonly tellings: readonly Telling[];
  readonly contract: readonly ContractRow[];
}
