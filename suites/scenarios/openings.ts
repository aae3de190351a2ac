import type { Step } from "./types.ts";

/**
 * The agent's first upload. Requests whose entries are refused end the story soon, since an agent that is refused is
 * refused for a reason that stays; one that sends nothing has the whole start budget.
 */
export const awaitFirstUpload: readonly Step[] = [
  { step: "await-upload", until: "entries", budget: "start", essential: true },
  { step: "await-upload", until: "accepted", budget: "echo", essential: true },
];
