import type { ItemRef } from "../../cluster/events.ts";
import type { RawLine } from "../../transcript/index.ts";
import type { BlobStore } from "./blobs.ts";
import { HistoryError } from "./error.ts";
import { given, list, number, optionalText, text } from "./fields.ts";
import { memo } from "./memo.ts";
import type { Mutable } from "./mutable.ts";
import type { ApiHistory, ApiRequestRecord, KubeObject, ObjectLife } from "./types.ts";

type Form = ObjectLife["forms"][number];

/** Reads the lines of the Kubernetes API side of one scenario. */
export interface ApiReader {
  readonly history: ApiHistory;
  push(line: RawLine): void;
}

/** @param blobs where the objects are; they are parsed when they are first looked at */
export function createApiReader(blobs: BlobStore): ApiReader {
  const objects = new Map<string, Mutable<ObjectLife>>();
  const requests: Mutable<ApiRequestRecord>[] = [];
  const byNumber = new Map<number, Mutable<ApiRequestRecord>>();

  function formOf(line: RawLine, [, resourceVersion, digest]: ItemRef): Form {
    const at = { seq: line.seq, t: line.t, resourceVersion };
    if (digest === null) return at;
    return {
      ...at,
      get object() {
        return blobs.object(digest);
      },
    };
  }

  function readState(line: RawLine): void {
    const resource = text(line, "resource");
    for (const item of list(line, "items").map(itemRef)) {
      const form = formOf(line, item);
      // A state line names its objects by their bytes alone.
      const place = memo(() => placeOf(form.object));
      objects.set(item[0], {
        uid: item[0],
        resource,
        get name() {
          return place().name;
        },
        get namespace() {
          return place().namespace as string;
        },
        forms: [form],
      });
    }
  }

  function readCommit(line: RawLine): void {
    const item = itemRef(line["item"]);
    const [uid] = item;
    const change = text(line, "change");
    let life = objects.get(uid);
    if (!life || change === "created") {
      life = { uid, resource: text(line, "resource"), name: text(line, "name"), ...given(line, "namespace"), forms: [] };
      objects.set(uid, life);
    }
    if (change === "deleted") life.deleted = { seq: line.seq, t: line.t };
    if (change !== "deleted" || life.forms.length === 0) addForm(life, formOf(line, item));
  }

  /** Where only watchers tell of a cluster, an older form may become known after a newer one. */
  function addForm({ forms }: Mutable<ObjectLife>, form: Form): void {
    const before = forms.findLastIndex(({ resourceVersion }) => !isOlder(form.resourceVersion, resourceVersion));
    forms.splice(before + 1, 0, form);
  }

  function readRequest(line: RawLine): void {
    const request: Mutable<ApiRequestRecord> = {
      seq: line.seq,
      t: line.t,
      req: number(line, "req"),
      method: text(line, "method"),
      verb: text(line, "verb"),
      path: text(line, "path"),
      ...given(line, "resource"),
      ...given(line, "namespace"),
      ...given(line, "name"),
      pages: [],
      events: [],
    };
    requests.push(request);
    byNumber.set(request.req, request);
  }

  function requestOf(line: RawLine): Mutable<ApiRequestRecord> {
    const request = byNumber.get(number(line, "req"));
    if (!request) throw new HistoryError(`API request ${number(line, "req")} was answered and never recorded`);
    return request;
  }

  const readers: Readonly<Record<string, (line: RawLine) => void>> = {
    state: readState,
    commit: readCommit,
    request: readRequest,
    page(line) {
      const items = list(line, "items").map(itemRef);
      requestOf(line).pages.push({
        seq: line.seq,
        t: line.t,
        more: line["more"] === true,
        resourceVersion: text(line, "resourceVersion"),
        uids: items.map(([uid]) => uid),
        versions: items.map(([, version]) => version),
      });
    },
    event(line) {
      const [uid, version] = line["item"] === undefined ? [] : itemRef(line["item"]);
      requestOf(line).events.push({
        seq: line.seq,
        t: line.t,
        type: text(line, "type"),
        ...(uid ? { uid } : {}),
        ...(version === undefined ? {} : { version }),
        ...(line["initialEventsEnd"] === true ? { initialEventsEnd: true } : {}),
      });
    },
    end(line) {
      requestOf(line).ended = {
        seq: line.seq,
        t: line.t,
        status: number(line, "status"),
        reason: optionalText(line, "reason") ?? "complete",
      };
    },
  };

  return { history: { objects, requests }, push: (line) => readers[line.kind]?.(line) };
}

function itemRef(value: unknown): ItemRef {
  if (!Array.isArray(value) || typeof value[0] !== "string" || typeof value[1] !== "string") {
    throw new HistoryError("an item that is not [uid, resourceVersion, sha256]");
  }
  return [value[0], value[1], typeof value[2] === "string" ? value[2] : null];
}

/** Versions of one object count up; what is no number tells nothing. */
function isOlder(one: string, other: string): boolean {
  return /^\d+$/.test(one) && /^\d+$/.test(other) && BigInt(one) < BigInt(other);
}

function placeOf(object: KubeObject | undefined): { readonly name: string; readonly namespace: string | undefined } {
  const metadata = (object?.["metadata"] ?? {}) as KubeObject;
  const { name, namespace } = metadata;
  return {
    name: typeof name === "string" ? name : "",
    namespace: typeof namespace === "string" && namespace !== "" ? namespace : undefined,
  };
}
