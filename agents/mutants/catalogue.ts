import { apiUseMutants } from "./api-use.ts";
import { apiTroubleMutants } from "./api-trouble.ts";
import { encodingMutants } from "./encoding.ts";
import type { Mutant } from "./mutant.ts";
import { objectMutants } from "./objects.ts";
import { recoveryMutants } from "./recovery.ts";
import { requestMutants } from "./requests.ts";
import { scaleMutants } from "./scale.ts";
import { settingsMutants } from "./settings.ts";
import { snapshotMutants } from "./snapshots.ts";
import { versionMutants } from "./versions.ts";

/**
 * Every mutant. Each proves that the checks it names can fail, and that no other check blames it. `fails` holds for
 * the scenarios of its run (core, unless it says otherwise) under the target v7.1.
 */
export const mutants: readonly Mutant[] = [
  ...encodingMutants,
  ...objectMutants,
  ...snapshotMutants,
  ...versionMutants,
  ...requestMutants,
  ...apiUseMutants,
  ...recoveryMutants,
  ...apiTroubleMutants,
  ...settingsMutants,
  ...scaleMutants,
];
