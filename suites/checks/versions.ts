import type { SyncCall } from "../history/types.ts";
import type { Oracle, SnapshotItem, Upload } from "../oracle/index.ts";
import type { Check } from "./check.ts";
import { wasOvertaken } from "./overtaken.ts";
import { noted, proofOf, throughout } from "./proof.ts";
import { fail, notApplicable, notTestable, pass } from "./verdict.ts";
import { callText, count, inCall, itemText, lifeText } from "./words.ts";

/** A request that the server answered with the agent's own version. */
export function isAcknowledged({ version, answer }: SyncCall): boolean {
  return answer?.code === 0 && version !== undefined && answer.version === version;
}

/** An answer without error; under agent_id 0 the server never gives a version, which is no trouble. */
function isUntroubled(call: SyncCall): boolean {
  return isAcknowledged(call) || (call.answer?.code === 0 && call.answer.row === "9");
}

/** KAS-VER-2: each snapshot against the one before it. */
export const changeBringsVersion: Check = {
  id: "KAS-VER-2",
  readsContent: true,
  run(context) {
    const { oracle } = context;
    const steps = changedUploads(oracle.uploads);
    const stuck = steps.filter(({ before, after }) => before.call.version === after.call.version);
    if (stuck.length > 0) {
      return fail({
        problem: "the snapshot after a change carries the version of the one before it",
        cases: stuck.map(({ before, after }) =>
          inCall(after.call, `other content than ${callText(before.call)} (${whatCame(oracle, before, after)})`),
        ),
        consequence: "The real server discards entries under a version that it holds, so that the change never arrives (row 8).",
        mend: "Give every snapshot that differs from the last one a version of its own.",
      });
    }
    const commit = oracle.relevantCommits.find((candidate) => steps.some(({ after }) => after.call.seq > candidate.seq));
    const shown = commit && steps.find(({ after }) => after.call.seq > commit.seq);
    if (!shown || !commit)
      return notTestable("no snapshot with other content followed a change; KAS-SNAP-5 and KAS-SNAP-3 say whether one was due");
    return pass(
      proofOf(
        context,
        noted(commit, `${lifeText(commit.life)} was ${commit.change}`),
        noted(shown.after.call, "the next snapshot, under another version"),
      ),
      `${count(steps.length, "snapshot")} with other content, each under another version than the one before`,
    );
  },
};

/** KAS-VER-3. A commit up to a staleness budget before the first request may still be on its way to the agent. */
export const versionStays: Check = {
  id: "KAS-VER-3",
  readsContent: false,
  run(context) {
    const { oracle, plan } = context;
    const pairs = oracle.calls.flatMap((after, index) => {
      const before = oracle.calls[index - 1];
      const comparable = before?.version && after.version && isUntroubled(before) && isUntroubled(after);
      if (!comparable || oracle.accepted[0] === undefined || before.seq < oracle.accepted[0].seq) return [];
      return oracle.wroteBetween(oracle.time.before(before.t, plan.budgets.staleness), after.t) ? [] : [{ before, after }];
    });
    const jumps = pairs.filter(({ before, after }) => before.version !== after.version);
    if (jumps.length > 0) {
      return fail({
        problem: "the version changed though nothing was written to any uploaded kind",
        cases: jumps.map(({ before, after }) => inCall(after, `version ${before.version} before it`)),
        consequence: "The real server takes it for a new state: it asks for all entries again and refreshes the whole cluster.",
        mend: "Change the version only together with the content.",
      });
    }
    const [first, last] = [pairs[0], pairs.at(-1)];
    if (!first || !last) return notTestable("no two acknowledged requests in a row while nothing was written");
    return pass(
      proofOf(context, noted(first.before, "an acknowledged request"), noted(last.after, "acknowledged under the same version")),
      `${count(pairs.length, "pair")} of acknowledged requests while nothing was written, all under one version`,
    );
  },
};

/** KAS-VER-4: any two snapshots. */
export const versionMeansContent: Check = {
  id: "KAS-VER-4",
  readsContent: true,
  run(context) {
    const firstOf = new Map<bigint, Upload>();
    const contents = new Map<string, Upload>();
    const cases = context.oracle.uploads.flatMap((upload) => {
      const version = upload.call.version ?? 0n;
      const first = firstOf.get(version) ?? upload;
      firstOf.set(version, first);
      contents.set(upload.snapshot.contentKey, contents.get(upload.snapshot.contentKey) ?? upload);
      if (first.snapshot.contentKey === upload.snapshot.contentKey) return [];
      return [
        inCall(
          upload.call,
          `other content than seq ${first.call.seq} under the same version (${whatCame(context.oracle, first, upload)})`,
        ),
      ];
    });
    if (cases.length > 0) {
      return fail({
        problem: "one version stands for different contents",
        cases,
        consequence: "The real server compares versions alone: entries under a version that it holds are discarded (row 8).",
        mend: "Never use a version again for anything but the content that it was first used for.",
      });
    }
    const [first, second] = [...contents.values()];
    if (!first || !second)
      return notTestable("the agent never sent two different contents; KAS-SNAP-5 says whether it should have");
    return pass(
      proofOf(context, noted(first.call, "a snapshot"), noted(second.call, "another content, under another version")),
      `${count(contents.size, "content")} under ${count(firstOf.size, "version")}, none shared`,
    );
  },
};

/** KAS-VER-5. */
export const versionsGrow: Check = {
  id: "KAS-VER-5",
  readsContent: false,
  run(context) {
    const given = context.oracle.calls.filter((call) => call.version && !wasOvertaken(context.oracle, call));
    const changes = given.flatMap((after, index) => {
      const before = given[index - 1];
      return before && before.version !== after.version ? [{ before, after }] : [];
    });
    const falls = changes.filter(({ before, after }) => (after.version ?? 0n) < (before.version ?? 0n));
    if (falls.length > 0) {
      return fail({
        problem: "a version is less than the one before it",
        cases: falls.map(({ before, after }) => inCall(after, `after version ${before.version}`)),
        consequence:
          "The real server takes any other version, but whoever reads its logs cannot tell old from new, and a version may come back for other content.",
        mend: "Count up from the time in seconds at which the agent started.",
      });
    }
    const [first] = changes;
    if (!first) return notTestable("the version never changed; KAS-VER-2 says whether it should have");
    return pass(
      proofOf(context, noted(first.before, "a version"), noted(first.after, "the next one, which is greater")),
      `${count(changes.length, "change")} of version, each upwards`,
    );
  },
};

/** KAS-VER-6. Before its first upload an agent may have nothing to send. */
export const fullUnderIdZero: Check = {
  id: "KAS-VER-6",
  readsContent: false,
  run(context) {
    const { calls, accepted } = context.oracle;
    const anonymous = calls.filter((call) => !call.agentId && call.seq >= (accepted[0]?.seq ?? 0));
    if (anonymous.length === 0)
      return notApplicable("the agent sends an agent_id other than 0 (KAS-ENV-4), under which requests without entries are kept");
    const bare = anonymous.filter((call) => call.entriesHash === undefined);
    if (bare.length === 0) {
      if (anonymous.length < 2) return notTestable("only one request came under agent_id 0");
      return pass(
        throughout(context, anonymous.at(-1)),
        `${count(anonymous.length, "request")} under agent_id 0, all with entries`,
      );
    }
    return fail({
      problem: "requests under agent_id 0 without entries",
      cases: bare.map((call) => inCall(call, "agent_id 0 and no entries")),
      consequence: "The real server drops them: they keep nothing alive, and after 24 hours the cluster is forgotten (row 10).",
      mend: "Send an agent_id other than 0, or all entries in every request.",
    });
  },
};

function changedUploads(uploads: readonly Upload[]): readonly { readonly before: Upload; readonly after: Upload }[] {
  return uploads.flatMap((after, index) => {
    const before = uploads[index - 1];
    if (!before || before.call.entriesHash === after.call.entriesHash) return [];
    return before.snapshot.contentKey === after.snapshot.contentKey ? [] : [{ before, after }];
  });
}

/** What the difference between two snapshots is, in a few words. */
function whatCame(oracle: Oracle, before: Upload, after: Upload): string {
  const [came, went] = [without(after, before), without(before, after)];
  if (came.length + went.length > 0) return [...some(came, "came"), ...some(went, "went")].join(", ");
  const changed = after.snapshot.items.find((item) => {
    const old = before.snapshot.byUid.get(item.uid ?? "")?.[0];
    return old && oracle.viewOfItem(old, item.resource ?? "") !== oracle.viewOfItem(item, item.resource ?? "");
  });
  return `the same objects in other forms${changed === undefined ? "" : `, such as ${itemText(changed)}`}`;
}

/** What one has and the other has not, by uid. */
function without(has: Upload, hasNot: Upload): readonly SnapshotItem[] {
  return [...has.snapshot.byUid].flatMap(([uid, [item]]) => (item && !hasNot.snapshot.byUid.has(uid) ? [item] : []));
}

function some(items: readonly SnapshotItem[], what: string): readonly string[] {
  const [first] = items;
  return first === undefined ? [] : [`${count(items.length, "object")} ${what}, such as ${itemText(first)}`];
}
