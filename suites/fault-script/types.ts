import type { ApiFaultSpec } from "../../cluster/index.ts";
import type { FaultSpec } from "../../server-mock/index.ts";

/** A fault that the user scripted, on either side. */
export type GivenFault = GivenPlace &
  ({ readonly side: "server"; readonly spec: FaultSpec } | { readonly side: "api"; readonly spec: ApiFaultSpec });

interface GivenPlace {
  /** In this scenario alone; absent: in each. */
  readonly scenario?: string;
  /** `start`: before the agent is started; `opening`: once its first snapshot was accepted. */
  readonly at: "start" | "opening";
}
