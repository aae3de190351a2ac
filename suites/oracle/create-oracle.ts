import type { Target } from "../../server-mock/contract/index.ts";
import type { Moment, ObjectLife, ScenarioHistory, Stall, SyncCall } from "../history/types.ts";
import type { Plan } from "../plan.ts";
import { readCollections } from "./collection.ts";
import { commitsAfter, windowsBetween } from "./commits.ts";
import { foldDeliveries } from "./delivered.ts";
import { listAt, textAt } from "./json.ts";
import { lazily } from "./lazily.ts";
import { createSnapshotReader } from "./snapshot.ts";
import type { Oracle, Upload } from "./types.ts";
import { createUnstalledTime, type UnstalledTime } from "./unstalled-time.ts";
import { createViews } from "./views.ts";

/** By how much a watch of the harness may be behind one of the agent. */
const WATCH_LAG_MS = 2_000;

/** Rows of the decision table that let a version and entries through; what comes of them is the store's business. */
const UPLOAD_ROWS: readonly string[] = ["6", "8", "9"];

/**
 * Makes the oracle of one scenario. Everything that costs is done when it is first asked for.
 *
 * @param stalls of the harness and of the agent's machine, whose time no budget counts
 */
export function createOracle(scenario: ScenarioHistory, plan: Plan, target: Target, stalls: readonly Stall[] = []): Oracle {
  const { staleness } = plan.budgets;
  const views = createViews();
  const readSnapshot = createSnapshotReader(target, scenario.api.objects, views);
  const startedAt = startOf(scenario);
  const observedUntil = endOfObservation(scenario);
  const unseen = plan.cluster.direct === true && scenario.api.requests.length === 0;
  const lagMs = unseen ? WATCH_LAG_MS : 0;
  const mayHaveKnown = (commit: Moment, call: SyncCall) => call.seq > commit.seq || call.t > commit.t - lagMs;
  const lives = [...scenario.api.objects.values()];
  const calls = scenario.calls.filter((call) => target.services.includes(call.service));
  const uploads = calls.filter(isUpload).map((call): Upload => ({
    call,
    get snapshot() {
      return readSnapshot(call);
    },
  }));
  const distinctUploads = distinct(uploads);
  const uploadedUids = lazily(() => new Set(distinctUploads.flatMap(({ snapshot }) => [...snapshot.byUid.keys()])));
  const wasUploaded = (life: ObjectLife) =>
    uploadedUids().has(life.uid) || distinctUploads.some(({ snapshot }) => snapshot.find(life));
  const uploadedResources = lazily(
    () => new Set(distinctUploads.flatMap(({ snapshot }) => snapshot.items.flatMap(({ resource }) => resource ?? []))),
  );
  const commits = lazily(() => commitsAfter(lives, startedAt));
  const relevantCommits = lazily(() => commits().filter((commit) => uploadedResources().has(commit.life.resource)));
  const delivered = lazily(() => foldDeliveries(scenario.api.requests));
  const owned = lazily(() => childrenByOwner(lives));

  const createFor = (time: UnstalledTime, byTheClock?: () => Oracle, inDoubt?: () => Oracle): Oracle => {
    const collections = lazily(() =>
      readCollections(scenario.api.requests, startedAt, (arrival) => time.before(arrival, staleness)),
    );
    return {
      time,
      lostBetween: (from, until) => stalls.filter(({ t, ms }) => t > from.t && t - ms < (until?.t ?? Infinity)),
      get byTheClock() {
        return byTheClock?.() ?? this;
      },
      get inDoubt() {
        return inDoubt?.() ?? this;
      },
      calls,
      accepted: calls.filter((call) => call.accepted),
      uploads,
      distinctUploads,
      startedAt,
      observedUntil,
      lives,
      get commits() {
        return commits();
      },
      get uploadedResources() {
        return uploadedResources();
      },
      get relevantCommits() {
        return relevantCommits();
      },
      deliveryUnseen: unseen,
      mayHaveKnown,
      wasUploaded,
      existedThroughout(life, { call }) {
        const created = life.forms[0];
        if (!created || created.seq > call.seq || (life.deleted && mayHaveKnown(life.deleted, call))) return false;
        return created.t < collections().startOf(life.resource, life.namespace, call);
      },
      completeLists: (resource) => collections().lists.filter((list) => resource === undefined || list.resource === resource),
      unlistedAt: (moment) => collections().unlistedAt(moment),
      get delivered() {
        return delivered();
      },
      collectionStart: (resource, arrival) => collections().startOf(resource, undefined, arrival),
      viewOfForm: (life, form) => views.ofForm(life, form),
      viewOfItem: (item, resource) => views.ofItem(item, resource),
      quietWindows: () => windowsBetween(relevantCommits(), startedAt, observedUntil),
      wroteBetween: (from, to) => relevantCommits().some(({ t }) => t >= from && t <= to + lagMs),
      ownedBy: (uid) => owned().get(uid) ?? [],
    };
  };
  if (stalls.length === 0) return createFor(createUnstalledTime([]));
  return createFor(
    createUnstalledTime(stalls),
    lazily(() => createFor(createUnstalledTime([]))),
    lazily(() => createFor(createUnstalledTime(stalls.map((stall) => ({ ...stall, ms: 2 * stall.ms }))))),
  );
}

function isUpload(call: SyncCall): boolean {
  return call.entriesHash !== undefined && UPLOAD_ROWS.includes(call.answer?.row ?? "");
}

function distinct(uploads: readonly Upload[]): readonly Upload[] {
  const seen = new Set<string | undefined>();
  return uploads.filter(({ call }) => !seen.has(call.entriesHash) && seen.add(call.entriesHash));
}

/** When the agent began: as the driver tells, or as it was heard, where that was sooner. */
function startOf({ agent, started, calls, api }: ScenarioHistory): Moment {
  const [life] = agent.lives;
  if (life === undefined) return started;
  const heard = [calls[0], api.requests[0]].flatMap((moment) => (moment && moment.seq > life.since.seq ? moment.t : []));
  return { seq: life.since.seq, t: Math.min(life.started.t, ...heard) };
}

/** The first of: the agent was told to leave, it left, the scenario ended, the record stops. */
function endOfObservation({ agent, ended, started, steps, calls }: ScenarioHistory): Moment {
  const life = agent.lives.at(-1);
  const left = [life?.signals[0], life?.exited].flatMap((moment) => moment ?? []).sort((a, b) => a.seq - b.seq)[0];
  if (left) return left;
  if (ended) return ended;
  const known: readonly Moment[] = [started, ...steps.map((step) => step.ended ?? step.began), ...calls.slice(-1)];
  return known.reduce((last, moment) => (moment.seq > last.seq ? moment : last));
}

function childrenByOwner(lives: readonly ObjectLife[]): ReadonlyMap<string, readonly ObjectLife[]> {
  const children = new Map<string, ObjectLife[]>();
  for (const life of lives) {
    for (const owner of listAt(life.forms.at(-1)?.object, "metadata", "ownerReferences")) {
      const uid = textAt(owner, "uid");
      if (uid === undefined) continue;
      const siblings = children.get(uid);
      if (siblings) siblings.push(life);
      else children.set(uid, [life]);
    }
  }
  return children;
}
