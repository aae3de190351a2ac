const NEEDED_FLAGS = ["e", "i", "p"];

/**
 * Which of the wanted capabilities a file lacks, by the text that `getcap` prints for it. Both forms are read: libcap's
 * older `PATH = cap_a,cap_b+eip` and its newer `PATH cap_a,cap_b=eip`, with any number of clauses. Pure.
 */
export function lackingCapabilities(text: string, wanted: readonly string[]): string[] {
  const flags = new Map<string, Set<string>>(wanted.map((capability) => [capability, new Set()]));
  for (const clause of text.trim().split(/\s+/)) {
    const match = /^([a-z0-9_,]*)((?:[=+-][eip]*)+)$/.exec(clause);
    if (match === null) continue;
    const [, names = "", operations = ""] = match;
    const named = names === "" || names === "all" ? wanted : names.split(",");
    for (const name of named) apply(flags.get(name), operations);
  }
  return wanted.filter((capability) => !NEEDED_FLAGS.every((flag) => flags.get(capability)?.has(flag) === true));
}

function apply(flags: Set<string> | undefined, operations: string): void {
  for (const [, operator, letters = ""] of operations.matchAll(/([=+-])([eip]*)/g)) {
    if (operator === "=") flags?.clear();
    for (const letter of letters) {
      if (operator === "-") flags?.delete(letter);
      else flags?.add(letter);
    }
  }
}
