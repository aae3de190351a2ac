import { triedToConnect } from "../../scenarios/goals.ts";
import type { Stage } from "../stage.ts";
import type { WaitOutcome } from "../wait.ts";
import { awaited, DONE } from "./waits.ts";

/** Two tries: the first may be the one that finds the old connection gone. It is no fault of an agent to wait longer. */
export async function outage(stage: Stage, memory: "kept" | "lost", seq: number): Promise<WaitOutcome> {
  stage.mock.goDown();
  if (memory === "lost") stage.mock.reset();
  await awaited(stage, "outage", (scenario) => triedToConnect(scenario, seq, 2));
  stage.mock.comeBack();
  return DONE;
}
