import type { ApiRequestRecord, Moment } from "../history/types.ts";
import { isSelective, isWatchRequest, queryOf } from "./api-requests.ts";

/** What an agent was told of one object: there in a version, or (without one) gone. */
export interface Told extends Moment {
  readonly version?: string;
  /** Number of the API request that told it. */
  readonly req: number;
}

/** What was delivered to an agent of one resource: states that follow each other. */
export interface Delivered {
  readonly resource: string;
  /** The moments at which the state became another, oldest first. */
  readonly states: readonly Moment[];
  /** By uid what was told of each object, oldest first. */
  readonly told: ReadonlyMap<string, readonly Told[]>;
}

interface Piece {
  readonly at: Moment;
  readonly request: ApiRequestRecord;
  readonly tell: (fold: Fold) => void;
}

/**
 * Folds what was delivered, in the order of delivery: a list replaces the state once its last page (or the bookmark that
 * ends its stream) is there, an event changes one object. What came in pages that were never read to their end is no state.
 */
export function foldDeliveries(requests: readonly ApiRequestRecord[]): ReadonlyMap<string, Delivered> {
  const folds = new Map<string, Fold>();
  const pieces = requests.flatMap(piecesOf).sort((a, b) => a.at.seq - b.at.seq);
  for (const { request, tell } of pieces) {
    const resource = request.resource ?? "";
    const fold = folds.get(resource) ?? new Fold(resource);
    folds.set(resource, fold);
    tell(fold);
  }
  return folds;
}

function piecesOf(request: ApiRequestRecord): readonly Piece[] {
  const { resource } = request;
  const query = queryOf(request);
  if (resource === undefined || isSelective(request)) return [];
  const scope = request.namespace ?? "";
  if (request.verb === "list") {
    const first = query.get("continue") === null || query.get("continue") === "";
    return request.pages.map((page) => ({
      at: page,
      request,
      tell: (fold) => {
        if (first) fold.beginList(scope);
        fold.addPage(scope, page.uids, page.versions);
        if (!page.more) fold.endList(scope, page, request.req);
      },
    }));
  }
  if (!isWatchRequest(request)) return [];
  const streamed = query.get("sendInitialEvents") === "true";
  const end = streamed ? request.events.find((event) => event.initialEventsEnd) : undefined;
  if (streamed) return streamedPieces(request, scope, end);
  return request.events.flatMap((event) => eventPiece(request, event));
}

function streamedPieces(
  request: ApiRequestRecord,
  scope: string,
  end: ApiRequestRecord["events"][number] | undefined,
): readonly Piece[] {
  if (end === undefined) return [];
  const before = request.events.filter(({ seq, uid }) => seq < end.seq && uid !== undefined);
  const list: Piece = {
    at: end,
    request,
    tell: (fold) => {
      fold.beginList(scope);
      fold.addPage(
        scope,
        before.map(({ uid = "" }) => uid),
        before.map(({ version = "" }) => version),
      );
      fold.endList(scope, end, request.req);
    },
  };
  return [list, ...request.events.filter(({ seq }) => seq > end.seq).flatMap((event) => eventPiece(request, event))];
}

function eventPiece(request: ApiRequestRecord, event: ApiRequestRecord["events"][number]): readonly Piece[] {
  const { uid, version, type } = event;
  if (uid === undefined) return [];
  const scope = request.namespace ?? "";
  return [
    { at: event, request, tell: (fold) => fold.tell(scope, uid, type === "DELETED" ? undefined : version, event, request.req) },
  ];
}

class Fold implements Delivered {
  readonly resource: string;
  readonly states: Moment[] = [];
  readonly told = new Map<string, Told[]>();
  readonly #present = new Map<string, Map<string, string>>();
  readonly #incoming = new Map<string, Map<string, string>>();

  constructor(resource: string) {
    this.resource = resource;
  }

  beginList(scope: string): void {
    this.#incoming.set(scope, new Map());
  }

  addPage(scope: string, uids: readonly string[], versions: readonly string[]): void {
    const incoming = this.#incoming.get(scope);
    for (const [index, uid] of uids.entries()) incoming?.set(uid, versions[index] ?? "");
  }

  endList(scope: string, { seq, t }: Moment, req: number): void {
    const incoming = this.#incoming.get(scope);
    if (incoming === undefined) return;
    this.#incoming.delete(scope);
    const before = this.#present.get(scope) ?? new Map<string, string>();
    for (const uid of before.keys()) if (!incoming.has(uid)) this.#note(uid, { seq, t, req });
    for (const [uid, version] of incoming) if (before.get(uid) !== version) this.#note(uid, { seq, t, req, version });
    this.#present.set(scope, incoming);
    this.states.push({ seq, t });
  }

  tell(scope: string, uid: string, version: string | undefined, { seq, t }: Moment, req: number): void {
    const present = this.#present.get(scope) ?? new Map<string, string>();
    this.#present.set(scope, present);
    if (present.get(uid) === version) return;
    if (version === undefined) present.delete(uid);
    else present.set(uid, version);
    this.#note(uid, { seq, t, req, ...(version === undefined ? {} : { version }) });
    this.states.push({ seq, t });
  }

  #note(uid: string, told: Told): void {
    const known = this.told.get(uid);
    if (known) known.push(told);
    else this.told.set(uid, [told]);
  }
}
