import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { catchSignals, type CaughtSignals } from "./signals.ts";

let now: number;
let printed: string;
let exit: ReturnType<typeof vi.spyOn>;
let signals: CaughtSignals;
beforeEach(() => {
  [now, printed] = [5_000, ""];
  vi.spyOn(performance, "now").mockImplementation(() => now);
  exit = vi.spyOn(process, "exit").mockImplementation(() => undefined as never);
  signals = catchSignals((text) => (printed += text));
});
afterEach(() => {
  signals[Symbol.dispose]();
  vi.restoreAllMocks();
});

const press = (name: NodeJS.Signals, laterMs: number) => {
  now += laterMs;
  process.emit(name, name);
};

describe("catchSignals", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("asks for an orderly end at the first %s, and says how to leave at once", (name) => {
    press(name, 0);
    expect(signals.signal.aborted).toBe(true);
    expect(signals.signal.reason).toMatchObject({ message: name });
    expect(printed).toContain("once more");
    expect(exit).not.toHaveBeenCalled();
  });

  it("takes the echo of npm for the same keystroke", () => {
    press("SIGINT", 0);
    press("SIGINT", 10);
    expect(exit).not.toHaveBeenCalled();
  });

  it("leaves at once at a second one", () => {
    press("SIGINT", 0);
    press("SIGINT", 2_000);
    expect(exit).toHaveBeenCalledWith(130);
  });

  it("listens no longer than its run", () => {
    const before = process.listenerCount("SIGINT");
    signals[Symbol.dispose]();
    expect(process.listenerCount("SIGINT")).toBe(before - 1);
  });
});
