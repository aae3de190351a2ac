import { InvalidArgumentError, Option } from "commander";
import { parseDuration } from "./duration.ts";

/** An option whose value is a duration (`500ms`, `1s`, `2m`), given in milliseconds. */
export function durationOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text: string) => {
    const milliseconds = parseDuration(text);
    if (milliseconds === undefined)
      throw new InvalidArgumentError("A duration has a unit and is more than 0: 500ms, 1s, 2m, 1m30s.");
    return milliseconds;
  });
}

/** An option whose value is a whole number, at least `least`. */
export function integerOption(flags: string, description: string, least: number): Option {
  return new Option(flags, description).argParser((text: string) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`It is a whole number, at least ${least}.`);
    }
    return value;
  });
}

/** An option whose value is a number above 0. */
export function positiveNumberOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text: string) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value) || value <= 0)
      throw new InvalidArgumentError("It is a number above 0: 2, 0.5.");
    return value;
  });
}

/** An option that takes names divided by commas, and may be given again. */
export function listOption(flags: string, description: string): Option {
  let given: readonly string[] = [];
  return new Option(flags, description).argParser((text: string) => {
    const names = text.split(",").map((name) => name.trim());
    if (names.includes("")) throw new InvalidArgumentError("It is a list of names divided by commas, none of them empty.");
    given = [...given, ...names];
    return given;
  });
}
