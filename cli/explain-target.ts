import type { ConsumedResource, Target } from "../server-mock/contract/index.ts";

/** Every rule of a target: what it says, where it is laid down, and what of it was inferred. */
export function aboutTarget(target: Target): Readonly<Record<string, string>> {
  const { id, tag, line, sources, inferred, ...rules } = target;
  const facts = Object.entries(rules).map(([rule, value]) => {
    const guesses = inferred
      .filter((name) => name === rule || name.startsWith(`${rule} `))
      .map((name) => name.slice(rule.length + 1));
    const [guess] = guesses;
    const aside = guess === undefined ? "" : `; inferred${guess === "" ? "" : `: ${guesses.join(", ")}`}`;
    return [rule, `${textOf(value)} (${sources[rule as keyof typeof sources]}${aside})`];
  });
  return {
    target: id,
    stands: tag,
    is: line ? "a version of the server" : "the letter of the document",
    ...Object.fromEntries(facts),
  };
}

function textOf(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  if (value.length === 0) return "none";
  return value.map((member) => (typeof member === "string" ? member : resourceText(member as ConsumedResource))).join(", ");
}

function resourceText({ resource, typeNames }: ConsumedResource): string {
  return `${resource} as ${typeNames.join(" or ")}`;
}
