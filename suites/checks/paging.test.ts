import { describe, expect, it } from "vitest";
import { type ApiActor, createApiActor, named } from "./testing/api-actor.ts";
import { namespace, pod } from "./testing/world.ts";

const old = named("legacy-4kd8z");
const ledger = named("ledger-0");
const isFurther = ({ object }: { readonly object: object }) => object === old.object || object === ledger.object;

/** A list of Pods that is given up after a page. */
const givesUp = (a: ApiActor) => (a.list("pods", { size: 2, pages: 1 }), a.watch("pods"), a.upload(), a.wait(6000));
const listsAgain = (a: ApiActor) => (a.list("pods"), a.watch("pods"), a.upload(), a.wait(6000));

const inPages: readonly (readonly [string, (a: ApiActor) => void, string, string])[] = [
  ["gives a list up, and begins one anew later", (a) => (givesUp(a), listsAgain(a)), "fail", "which was never used"],
  [
    "gives a list up, and begins two anew later",
    (a) => (givesUp(a), listsAgain(a), listsAgain(a)),
    "fail",
    "which was never used",
  ],
  [
    "forgets the further pages after it has sent them",
    (a) => (a.list("pods", { size: 2 }), a.watch("pods"), a.upload(), a.upload("", isFurther), a.wait(6000)),
    "fail",
    "of its further pages are all missing",
  ],
  [
    "forgets the further pages, and lists anew",
    (a) => (a.list("pods", { size: 2 }), a.upload(), a.wait(6000), a.list("pods"), a.upload("", isFurther)),
    "fail",
    "of its further pages are all missing",
  ],
  [
    "lacks one object of the further pages",
    (a) => (a.list("pods", { size: 2 }), a.upload("", ({ object }) => object === old.object), a.wait(6000)),
    "pass",
    "1 list came in pages",
  ],
  [
    "no longer sends what went of the further pages",
    (a) => {
      a.list("pods", { size: 2 });
      a.watch("pods");
      a.change("deleted", old);
      a.change("deleted", ledger);
      a.upload();
      a.wait(6000);
    },
    "pass",
    "1 list came in pages",
  ],
];

/** It watches a kind from the start, without a list before: what it holds of it comes by events. */
const streams = (a: ApiActor, query: string) => {
  a.watch("pods", 200, query);
  a.change("created", pod("shop", "web-7d4b9c6f5-n3w00", named("web-7d4b9c6f5"), 30));
};

const atFirst: readonly (readonly [string, (a: ApiActor) => void, string, string])[] = [
  [
    "asks for all of what there is most of, and for pages of what is most later",
    (a) => {
      a.list("pods", { limit: undefined });
      a.list("namespaces");
      a.watch("namespaces");
      a.upload();
      for (const name of ["one", "two", "three", "four", "five"]) a.change("created", namespace(name));
    },
    "fail",
    "pods has 4 objects",
  ],
  ["has the list streamed", (a) => (streams(a, "resourceVersion=0"), a.upload()), "pass", "pods is streamed"],
  [
    "watches on before it lists all",
    (a) => (a.watch("pods"), a.list("pods", { limit: undefined }), a.upload()),
    "fail",
    "has no limit",
  ],
];

describe.each([
  ["KAS-WATCH-5", inPages],
  ["KAS-WATCH-6", atFirst],
])("%s in api-lists-in-pages", (id, rows) => {
  it.each(rows)("%s", (_name, act, verdict, text) => {
    const actor = createApiActor("api-lists-in-pages", id);
    actor.begin();
    actor.list("nodes");
    act(actor);
    expect(actor.judge()).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
  });
});
