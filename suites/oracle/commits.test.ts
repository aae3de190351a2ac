import { describe, expect, it } from "vitest";
import type { ObjectLife } from "../history/types.ts";
import { commitsAfter, windowsBetween } from "./commits.ts";

const at = (seq: number) => ({ seq, t: seq * 1000 });
const life = (uid: string, forms: readonly number[], deleted?: number): ObjectLife => ({
  uid,
  name: uid,
  resource: "pods",
  forms: forms.map((seq) => ({ ...at(seq), object: {}, resourceVersion: String(seq) })),
  ...(deleted === undefined ? {} : { deleted: at(deleted) }),
});

describe("commits", () => {
  it("are the changes after a moment, over all objects, in order", () => {
    const commits = commitsAfter([life("a", [1, 6, 9], 12), life("b", [7], 8), life("c", [2], 3), life("d", [5])], at(5));
    expect(commits.map(({ seq, t, change, life: { uid }, form }) => [seq, t, change, uid, form])).toEqual([
      [6, 6000, "modified", "a", 1],
      [7, 7000, "created", "b", 0],
      [8, 8000, "deleted", "b", 0],
      [9, 9000, "modified", "a", 2],
      [12, 12_000, "deleted", "a", 2],
    ]);
  });

  it("leave quiet windows between them", () => {
    const commits = commitsAfter([life("a", [2, 6, 9, 20])], at(0));
    const windows = windowsBetween(commits, at(4), at(15));
    expect(windows.map(({ from, to, endedBy }) => [from.seq, to.seq, endedBy?.seq])).toEqual([
      [4, 6, 6],
      [6, 9, 9],
      [9, 15, undefined],
    ]);
  });
});
