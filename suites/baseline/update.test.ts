import { describe, expect, it } from "vitest";
import { play } from "../checks/testing/play.ts";
import { judgeTranscript } from "../judge.ts";
import { readBaseline } from "./read.ts";
import { updateBaseline } from "./update.ts";

const constant = judgeTranscript(play({ version: () => 10n }));
const good = judgeTranscript(play());
const failed = (results: typeof constant) => results.checks.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);

describe("updateBaseline", () => {
  it("writes what fails, and leaves reason and owner to a human", () => {
    const { text, unfilled } = updateBaseline(undefined, constant, "b.yaml");
    expect(new Set(unfilled.map((entry) => entry.split(" ")[0]))).toEqual(new Set(failed(constant)));
    expect(text).toContain("# new: say why");
    expect(text).toContain("expires: 2026-04-01");
    expect(() => readBaseline(text, "b.yaml")).toThrow("reason");
  });

  it("is excused once it is filled in, by the same results and by a run", () => {
    const { text } = updateBaseline(undefined, constant, "b.yaml");
    const filled = text.replaceAll('reason: ""', "reason: legacy").replaceAll('owner: ""', "owner: me");
    expect(updateBaseline(filled, constant, "b.yaml")).toEqual({ text: filled, changes: [], unfilled: [] });
    const [header, ...rest] = play({ version: () => 10n });
    const plan = { ...(header!["plan"] as object), baseline: { name: "b.yaml", text: filled } };
    const results = judgeTranscript([{ ...header!, plan }, ...rest]);
    expect([results.exitCode, results.counts.fail, results.counts.expectedFailure]).toEqual([0, 0, failed(constant).length]);
  });

  it("keeps what stays as it is, comments too, and takes out what passes", () => {
    const kept = `# ours
version: 1
expected:
  # the loop is being rewritten
  - id: KAS-VER-2
    reason: legacy loop
    owner: sync team
    expires: 2020-01-01
  - { id: KAS-SNAP-1, reason: r, owner: o, expires: 2026-12-31 }
  - { id: KAS-CONN-2, reason: not judged here, owner: o, expires: 2026-12-31 }
`;
    const { text, changes } = updateBaseline(kept, constant, "b.yaml");
    expect(changes).toContain("took out KAS-SNAP-1 (expected): it is stale");
    expect(text).toContain(
      "# ours\nversion: 1\nexpected:\n  # the loop is being rewritten\n  - id: KAS-VER-2\n    reason: legacy loop",
    );
    expect(text).toContain("KAS-CONN-2");
    expect(text.match(/KAS-VER-2/g)).toHaveLength(1);
    expect(text).toContain("KAS-VER-4");
    const emptied = updateBaseline(kept, good, "b.yaml");
    expect(emptied.text).not.toContain("KAS-VER-2");
  });

  it("refuses what is no baseline", () => {
    expect(() => updateBaseline("expected: 5", good, "b.yaml")).toThrow("b.yaml:1: expected is 5");
  });
});
