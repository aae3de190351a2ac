import { createGuard } from "../../../common/processes/guard.ts";
import { MARK_VARIABLE, ownMark } from "./escaped.ts";

/**
 * Of all agents of this process, and of their files. An agent may be a shell, or start helpers of its own, so it is always
 * ended as a whole: its process group, and what left that.
 */
export const agentGuard = createGuard(`${MARK_VARIABLE}=${ownMark}.`);
