import type { Explanation } from "./explanations.ts";

const NOTHING_GREEN = "never green:";

/** What holds of a kind of survivor, wherever it stands. */
export const everywhere: readonly Explanation[] = [
  {
    operators: ["optional chaining"],
    reason: `${NOTHING_GREEN} without its question mark it gives the same or throws, and a check that throws is not testable and ends the run with 70`,
  },
  {
    operators: ["return value"],
    original: /^(?:notTestable|notApplicable|untold|fail|pass)\(/,
    becomes: { text: "undefined" },
    reason: `${NOTHING_GREEN} where a check says nothing the judge throws, which ends the run with 70`,
  },
  {
    operators: ["literal"],
    original: /^\{ (?:problem|consequence): /,
    becomes: { text: "{}" },
    reason: `${NOTHING_GREEN} what a failure tells beside its cases is for people, and without its cases it throws`,
  },
  {
    operators: ["operand"],
    original: /^hiddenByEnd\(context\) \?\? notTestable\(/,
    reason: `${NOTHING_GREEN} it is not testable either way, or throws; only the words name what hides it`,
  },
  {
    code: /\.\.\.\([\w.]+(?: && \w+)? && \{ \w+(?:: [\w.]+)? \}\)/g,
    operators: ["operand"],
    becomes: "right",
    reason: "equivalent: what is there and undefined is read like what is absent",
  },
  {
    code: /\.(?:has|get|includes)\([^()]*(?:\([^()]*\)[^()]*)? \?\? ""\)/g,
    operators: ["operand"],
    becomes: "left",
    reason: "equivalent: neither the empty text nor nothing is among the names; the text stands for the types",
  },
  {
    code: /\.(?:has|get|includes)\([^()]*(?:\([^()]*\)[^()]*)? \?\? ""\)/g,
    operators: ["literal"],
    becomes: { text: '"?"' },
    reason: "equivalent: neither the one text nor the other is among the names",
  },
  {
    code: /\([\w.?[\]]+ \?\? Infinity\) <=? | > \([\w.?[\]]+ \?\? Infinity\)|< \([\w.?[\]]+ \?\? 0\)|\([\w.?[\]]+ \?\? 0\) > /g,
    operators: ["operand"],
    becomes: "left",
    reason: "equivalent: a comparison with nothing is false, as it is with this number",
  },
  {
    code: /< \([\w.?[\]]+ \?\? 0\)/g,
    operators: ["literal"],
    reason: "equivalent: no moment of a scenario has a seq below that, the header and the plan come first",
  },
  {
    operators: ["boundary"],
    original:
      /(?:\b(?:t|ms|took|most|length|starvedMs|total|by|due|from|settled|before|replaced) (?:<|>)=? )|(?:overtakenAt\(.*(?:<|>)=? )|(?:elapsed\(.*(?:<|>)=? )|(?:\.(?:t|from|to) (?:<|>)=? )/,
    becomes: "with-equals",
    reason: "either is right: a time that falls on the bound to a fraction of a millisecond is neither late nor in time",
  },
];
