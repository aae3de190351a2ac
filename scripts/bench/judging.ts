import { inflateSync } from "node:zlib";
import { inflate as pakoInflate } from "pako";
import { createEntryReader } from "../../server-mock/ingest/index.ts";
import { inTurn, type Ratio, timed } from "./measure.ts";
import { onePercentChanged, podSnapshot } from "./snapshot.ts";

const ROUNDS = 3;

/** Judging a snapshot's entries against the bare loops that any server must run. */
export async function judging(podCount: number): Promise<Ratio[]> {
  const { entries, streams } = podSnapshot(podCount);
  const judge = (reader: ReturnType<typeof createEntryReader>, list: readonly Uint8Array[]) => {
    for (const entry of list) reader.read(entry);
  };
  const fresh = () => createEntryReader({ cacheEntries: podCount * 2 });
  const bare = () => streams.forEach((stream) => JSON.parse(inflateSync(stream).toString("utf8")));
  const withPako = () => streams.forEach((stream) => JSON.parse(pakoInflate(stream, { toText: true })));
  const first = () => timed(() => judge(fresh(), entries));

  const [judged, bareLoop] = await inTurn(ROUNDS, first, () => timed(bare));
  const [judgedAgain, pakoLoop] = await inTurn(ROUNDS, first, () => timed(withPako));
  const changed = onePercentChanged(entries, streams, (stream) => inflateSync(stream).toString("utf8"));
  const [next, whole] = await inTurn(
    ROUNDS,
    () => {
      const reader = fresh();
      judge(reader, entries);
      return timed(() => judge(reader, changed));
    },
    first,
  );
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  return [
    {
      name: "judging a first snapshot against inflateSync + JSON.parse",
      ratio: judged / bareLoop,
      goal: { atMost: 1.5 },
      detail: `${ms(judged)} to ${ms(bareLoop)}`,
    },
    {
      name: "judging a first snapshot against pako + JSON.parse",
      ratio: judgedAgain / pakoLoop,
      goal: { atMost: 0.5 },
      detail: `${ms(judgedAgain)} to ${ms(pakoLoop)}; the bare loop with node:zlib is ${(bareLoop / pakoLoop).toFixed(2)} of it, and no reader that parses can be quicker`,
    },
    {
      name: "the next snapshot, 1 % changed, against the first",
      ratio: next / whole,
      goal: { atMost: 0.15 },
      detail: `${ms(next)} to ${ms(whole)}`,
    },
  ];
}
