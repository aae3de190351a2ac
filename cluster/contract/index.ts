import { accessCases } from "./access.contract.ts";
import { discoveryCases } from "./discovery.contract.ts";
import { listCases } from "./lists.contract.ts";
import { negotiationCases } from "./negotiation.contract.ts";
import { objectCases } from "./objects.contract.ts";
import { pagingCases } from "./paging.contract.ts";
import { streamingCases } from "./streaming.contract.ts";
import type { ContractCase } from "./types.ts";
import { versionCases } from "./versions.contract.ts";
import { watchCases } from "./watches.contract.ts";
import { writeCases } from "./writes.contract.ts";

export { runContractCase } from "./run.ts";
export { reasonToSkip, type ContractCase, type ContractConnection, type Trait } from "./types.ts";

/** How a Kubernetes API server behaves, as far as agents and this harness rely on it. Names are unique. */
export const contractCases: readonly ContractCase[] = [
  ...discoveryCases,
  ...accessCases,
  ...objectCases,
  ...writeCases,
  ...listCases,
  ...pagingCases,
  ...versionCases,
  ...watchCases,
  ...streamingCases,
  ...negotiationCases,
];
