import { describe, expect, it } from "vitest";
import { defaultBehaviour } from "../behaviour.ts";
import { ApiError, type ApiClient } from "../kubernetes/api-client.ts";
import type { ApiResource } from "../kubernetes/resources.ts";
import { encodeEntry } from "./entry.ts";
import { Health } from "./health.ts";
import { ObjectStore } from "./object-store.ts";
import { reflect } from "./reflector.ts";

const pods: ApiResource = { id: "pods", apiVersion: "v1", kind: "Pod", path: "/api/v1/pods", type: "*v1.Pod", trim: "pod" };
const pod = (name: string, resourceVersion: string, more: object = {}) => ({
  metadata: { uid: `u-${name}`, name, resourceVersion },
  ...more,
});
const page = (resourceVersion: string, items: object[], token?: string) => ({
  metadata: { resourceVersion, continue: token },
  items,
});
const event = (type: string, object: object) => ({ type, object });
const gone = event("ERROR", { kind: "Status", code: 410, message: "too old" });

/** What the server does with one request: a list page, an error, or the events of a watch, the last of which may be an error. */
type Answer = { readonly page: object } | { readonly error: Error } | { readonly events: readonly (object | Error)[] };

/** Runs a reflector against scripted answers and stops it when they are used up. */
async function run(...answers: readonly Answer[]) {
  const script = [...answers];
  const queries: string[] = [];
  const stop = new AbortController();
  function next(path: string): Answer {
    const answer = script.shift();
    if (answer === undefined) stop.abort();
    else queries.push(describeQuery(path));
    if (answer === undefined || "error" in answer) throw answer?.error ?? new Error("the script is over");
    return answer;
  }
  const client: ApiClient = {
    async get(path) {
      const answer = next(path);
      if (!("page" in answer)) throw new Error(`a list where the script has a watch: ${path}`);
      return answer.page;
    },
    async *stream(path, _signal, onOpen) {
      const answer = next(path);
      if (!("events" in answer)) throw new Error(`a watch where the script has a list: ${path}`);
      onOpen?.();
      for (const event of answer.events) {
        if (event instanceof Error) throw event;
        yield event;
      }
    },
    close: () => {},
  };
  let changes = 0;
  const store = new ObjectStore(
    (object) => encodeEntry(pods.type, defaultBehaviour.trim(object, pods)),
    () => (changes += 1),
  );
  const health = new Health(0, () => 0);
  await reflect(pods, store, {
    client,
    behaviour: defaultBehaviour,
    health,
    log: () => {},
    signal: stop.signal,
    pageSize: 2,
    watchSeconds: 30,
    intervalMs: 10,
    newBackoff: () => ({ next: () => 0, reset: () => {} }),
    onListed: () => {},
  });
  return { queries, changes, names: [...store.entries()].map(({ name }) => name), health };
}

function describeQuery(path: string): string {
  const query = new URL(path, "http://x").searchParams;
  if (query.has("watch")) return `watch ${query.get("resourceVersion")}`;
  return `list ${query.get("limit") ?? "all"}${query.has("continue") ? ` ${query.get("continue")}` : ""}`;
}

describe("reflect", () => {
  it("lists to the last page, then watches from there and on from the last event or bookmark", async () => {
    const result = await run(
      { page: page("7", [pod("a", "1"), pod("b", "2")], "t1") },
      { page: page("7", [pod("c", "3")]) },
      { events: [event("ADDED", pod("d", "8")), event("DELETED", pod("a", "9"))] },
      { events: [event("BOOKMARK", { metadata: { resourceVersion: "20" } })] },
      { events: [event("MODIFIED", pod("b", "21", { status: { podIP: "1.1.1.1" } }))] },
    );
    expect(result.queries).toEqual(["list 2", "list 2 t1", "watch 7", "watch 9", "watch 20"]);
    expect(result.names).toEqual(["b", "c", "d"]);
    expect(result.changes).toBe(4);
  });

  it.each<[string, Answer]>([
    ["an ERROR event", { events: [event("ADDED", pod("x", "8")), gone] }],
    ["the status of the watch", { error: new ApiError(410, "too old") }],
  ])("lists again on 410, told by %s, and forgets what is gone", async (_name, expired) => {
    const result = await run(
      { page: page("7", [pod("a", "1"), pod("b", "2")]) },
      expired,
      { page: page("30", [pod("b", "2")]) },
      { events: [] },
    );
    expect(result.queries.slice(-2)).toEqual(["list 2", "watch 30"]);
    expect(result.names).toEqual(["b"]);
  });

  it("resumes a watch that broke from the last event it had", async () => {
    const result = await run(
      { page: page("7", []) },
      { events: [event("ADDED", pod("a", "8")), new Error("socket hang up")] },
      { events: [event("ADDED", pod("b", "9"))] },
    );
    expect(result.queries).toEqual(["list 2", "watch 7", "watch 8"]);
    expect(result.names).toEqual(["a", "b"]);
  });

  it("begins the list anew when its page token expired, and shows no half of it", async () => {
    const result = await run(
      { page: page("7", [pod("old", "1"), pod("b", "2")], "t1") },
      { error: new ApiError(410, "expired") },
      { page: page("9", [pod("b", "2"), pod("c", "3")]) },
      { events: [event("ADDED", pod("d", "10"))] },
    );
    expect(result.queries).toEqual(["list 2", "list 2 t1", "list 2", "watch 9"]);
    expect(result.names).toEqual(["b", "c", "d"]);
  });

  it("asks for the list in one piece when its tokens keep expiring", async () => {
    const expired: Answer[] = [{ page: page("7", [pod("a", "1")], "t1") }, { error: new ApiError(410, "expired") }];
    const result = await run(...expired, ...expired, { page: page("9", [pod("a", "1")]) });
    expect(result.queries.at(-1)).toBe("list all");
    expect(result.names).toEqual(["a"]);
  });

  it("keeps what it had while the server refuses", async () => {
    const result = await run({ page: page("7", [pod("a", "1")]) }, { error: new ApiError(403, "forbidden") });
    expect(result.names).toEqual(["a"]);
    expect(result.health.errorMessage()).toBe("pods: 403 forbidden");
  });

  it("counts no change where a new list brings nothing new", async () => {
    const result = await run(
      { page: page("7", [pod("a", "1")]) },
      { error: new ApiError(410, "too old") },
      { page: page("9", [pod("a", "5", { spec: { priority: 3 } })]) },
    );
    expect(result.changes).toBe(1);
  });

  it("empties a kind whose last object went", async () => {
    const result = await run(
      { page: page("7", [pod("a", "1")]) },
      { error: new ApiError(410, "too old") },
      { page: page("9", []) },
    );
    expect(result.names).toEqual([]);
    expect(result.changes).toBe(2);
  });
});
