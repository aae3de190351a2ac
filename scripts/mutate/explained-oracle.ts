import { exactly } from "./exactly.ts";
import { TIE } from "./explained-ties.ts";
import type { Explanation } from "./explanations.ts";

const TYPES = "equivalent: what is there where it is asked; the other side stands for the types";
const NONE = "equivalent: nothing is asked for under the name of nothing";

/** Of what was true when, on which all checks rest. */
export const ofOracle: readonly Explanation[] = [
  ...exactly(
    "oracle/api-requests",
    "equivalent: a status of success stands for none yet, and an empty query for none",
    ["200", "201", "ended?.status ?? 200"],
    ['""', '"?"', 'mark < 0 ? ""'],
  ),
  ...exactly("oracle/collection", "equivalent: no watch that began so long before a request comes after it", [
    "watch.start.seq > arrival.seq || watch.start.t > settled",
    "watch.start.t > settled",
  ]),
  ...exactly("oracle/collection", TYPES, ['""', '"?"', 'resource = ""']),
  ...exactly(
    "oracle/commits",
    TIE,
    ["deleted.seq > after.seq", "deleted.seq >= after.seq"],
    ["commit.seq < from.seq", "commit.seq <= from.seq"],
    ["commit.seq > to.seq", "commit.seq >= to.seq"],
  ),
  ...exactly("oracle/create-oracle", "either is right: a margin that was chosen, longer by a millisecond", ["2_000", "2001"]),
  ...exactly("oracle/create-oracle", "equivalent: lines are in the order of their times, to a fraction of a millisecond", [
    "call.seq > commit.seq || call.t > commit.t - lagMs",
    "call.t > commit.t - lagMs",
  ]),
  ...exactly(
    "oracle/create-oracle",
    "equivalent: the uids only save looking for what is found by its uid",
    ["[...snapshot.byUid.keys()]", "undefined"],
    ["[...snapshot.byUid.keys()]", "[]"],
    [
      "uploadedUids().has(life.uid) || distinctUploads.some(({ snapshot }) => snapshot.find(life))",
      "distinctUploads.some(({ snapshot }) => snapshot.find(life))",
    ],
  ),
  ...exactly("oracle/create-oracle", "equivalent: it is asked for where there were stalls, and made there", [
    "inDoubt?.() ?? this",
    "inDoubt?.()",
  ]),
  ...exactly("oracle/create-oracle", "equivalent: what was created after a request was not before the start of its collection", [
    "!created || created.seq > call.seq",
    "!created",
  ]),
  ...exactly("oracle/create-oracle", "equivalent: without stalls all ways to count the time are one", [
    "stalls.length === 0",
    "false",
  ]),
  ...exactly("oracle/create-oracle", "never green: a failure is in doubt where more time was lost", [
    "2",
    "3",
    "ms: 2 * stall.ms",
  ]),
  ...exactly(
    "oracle/create-oracle",
    "equivalent: nothing is sorted to the end, and of what is there the last is taken",
    ["moment ?? []", "moment"],
    ["calls.slice(-1)", "calls"],
    ["1", "2", "calls.slice(-1)"],
    ["moment.seq > last.seq", "moment.seq >= last.seq"],
  ),
  ...exactly("oracle/create-oracle", NONE, ["uid === undefined", "false"]),
  ...exactly(
    "oracle/delivered",
    TYPES,
    ['request.resource ?? ""', "request.resource"],
    ['""', '"?"', 'request.resource ?? ""'],
    ['""', '"?"', 'uid = ""'],
    ['""', '"?"', 'version = ""'],
    ['versions[index] ?? ""', "versions[index]"],
    ['""', '"?"', 'versions[index] ?? ""'],
  ),
  ...exactly("oracle/delivered", "equivalent: it is read where a list is streamed", ["streamed", "true", "const end = streamed"]),
  ...exactly("oracle/delivered", "equivalent: what has no uid is no object of the cluster, and a bookmark tells of none", [
    "seq < end.seq && uid !== undefined",
    "seq < end.seq",
  ]),
  ...exactly("oracle/delivered", "equivalent: what ends a streamed list is a bookmark, which tells of no object", [
    "seq > end.seq",
    "seq >= end.seq",
  ]),
  ...exactly("oracle/delivered", "equivalent: what is there and undefined is read like what is absent", [
    "version === undefined",
    "false",
  ]),
  ...exactly(
    "oracle/snapshot",
    "equivalent: the objects of an entry stand in one place, and nothing has the uid of nothing",
    ["known.every((item) => item.entry === entry)", "known.some((item) => item.entry === entry)"],
    ["uid === undefined", "false", "uid === undefined ? undefined : objects.get(uid)"],
    ["item.uid !== undefined && byUid.get(item.uid)?.length === 1", "byUid.get(item.uid)?.length === 1"],
  ),
  ...exactly("oracle/views", "never green: only the forms of Secrets have no object, and to look at nothing throws", [
    "object && view(life.resource, object)",
    "view(life.resource, object)",
  ]),
];
