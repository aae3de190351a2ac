import type { Moment, ObjectLife } from "../history/types.ts";
import type { Commit, QuietWindow } from "./types.ts";

/** Every change to these objects after a moment, in order. */
export function commitsAfter(lives: readonly ObjectLife[], after: Moment): readonly Commit[] {
  const commits: Commit[] = [];
  for (const life of lives) {
    for (const [form, { seq, t }] of life.forms.entries()) {
      if (seq > after.seq) commits.push({ seq, t, change: form === 0 ? "created" : "modified", life, form });
    }
    const { deleted } = life;
    if (deleted && deleted.seq > after.seq) {
      commits.push({ seq: deleted.seq, t: deleted.t, change: "deleted", life, form: life.forms.length - 1 });
    }
  }
  return commits.sort((a, b) => a.seq - b.seq);
}

/** The stretches between commits, from one moment to another. */
export function windowsBetween(commits: readonly Commit[], from: Moment, to: Moment): readonly QuietWindow[] {
  const windows: QuietWindow[] = [];
  let start = from;
  for (const commit of commits) {
    if (commit.seq < from.seq) continue;
    if (commit.seq > to.seq) break;
    windows.push({ from: start, to: { seq: commit.seq, t: commit.t }, endedBy: commit });
    start = { seq: commit.seq, t: commit.t };
  }
  return [...windows, { from: start, to }];
}
