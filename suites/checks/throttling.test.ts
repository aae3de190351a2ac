import type { ApiActor } from "./testing/api-actor.ts";
import { table } from "./testing/api-table.ts";

/** Its watch of a kind is refused, and it watches again after a while. */
const refused = (a: ApiActor, code: number, retryAfterSeconds: number | undefined, waits: number) => {
  a.cut("pods");
  a.refused({ code, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }, "pods");
  a.wait(waits);
  a.watch("pods");
};

table("KAS-WATCH-8", "api-throttled", [
  ["is not told for how long to wait", (a) => refused(a, 429, undefined, 500), "not-testable", "no request followed a 429"],
  ["is refused for another reason", (a) => refused(a, 503, 3, 500), "not-testable", "no request followed a 429"],
  ["is refused by an error", (a) => refused(a, 500, undefined, 500), "not-testable", "no request followed a 429"],
  [
    "comes back at once, and again later",
    (a) => (refused(a, 429, 3, 500), a.wait(5000), a.list("pods")),
    "fail",
    "came 0.5 s later",
  ],
  [
    "reads another kind while it waits",
    (a) => {
      a.cut("pods");
      a.refused({ code: 429, retryAfterSeconds: 3 }, "pods");
      a.wait(500);
      a.list("nodes");
      a.wait(2600);
      a.watch("pods");
    },
    "pass",
    "3.1 s after a 429",
  ],
]);
