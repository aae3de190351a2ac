import { SWITCH } from "./instrument.ts";

/** The switch that all instrumented files ask, in this process. */
export interface Switchboard {
  /** @param budget the switch may be asked so often; a mutant that asks more often would not end, and is thrown out */
  turnOn(mutant: number, budget: number): void;
  /** @returns true where the mutant was thrown out */
  turnOff(): boolean;
  /** Begins to record which mutants are passed. What is recorded within is not counted here. @returns ends it */
  record(): () => ReadonlySet<number>;
  /** How often the switch was asked so far. */
  asked(): number;
}

/** Puts the switch into globalThis, where instrumented files look for it. */
export function openSwitchboard(): Switchboard {
  let on = -1;
  let asked = 0;
  let limit = Infinity;
  let passed: Set<number> | undefined;
  const ask = (mutant: number): boolean => {
    asked += 1;
    if (asked > limit) throw new Error("the mutant does not end");
    passed?.add(mutant);
    return mutant === on;
  };
  Object.assign(globalThis, { [SWITCH]: ask });

  return {
    turnOn(mutant, budget) {
      [on, limit] = [mutant, asked + budget];
    },
    turnOff() {
      const isOver = asked > limit;
      [on, limit] = [-1, Infinity];
      return isOver;
    },
    record() {
      const outer = passed;
      const own = (passed = new Set<number>());
      return () => {
        passed = outer;
        return own;
      };
    },
    asked: () => asked,
  };
}
