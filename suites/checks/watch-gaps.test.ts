import { relabelled } from "./testing/api-actor.ts";
import { table } from "./testing/api-table.ts";
import { changes, first, fresh, is, loses, old, resumes, second } from "./testing/missed-changes.ts";
import { isSet, scaled } from "./testing/scaling.ts";

table("KAS-WATCH-4", "api-watch-cut", [
  [
    "is cut by the server, and resumes",
    (a) => (a.cut("pods", "server"), changes(a), resumes(a), a.upload()),
    "pass",
    "3 changes",
  ],
  [
    "is cut by the server, and does not resume",
    (a) => (a.cut("pods", "server"), changes(a), a.wait(46_000)),
    "fail",
    "neither watched",
  ],
  [
    "ends its watch itself",
    (a) => (a.cut("pods", "client"), changes(a), resumes(a), a.upload()),
    "not-testable",
    "no watch was cut",
  ],
  [
    "has its watch expire",
    (a) => (a.expire("pods"), changes(a), a.list("pods"), a.watch("pods"), a.upload()),
    "not-testable",
    "no watch was cut",
  ],
  [
    "has the watch of a kind cut that it does not upload",
    (a) => (a.watch("configmaps"), a.cut("configmaps"), a.wait(46_000)),
    "not-testable",
    "no watch was cut",
  ],
  [
    "comes back by a list alone",
    (a) => (a.cut("pods"), changes(a), a.list("pods"), a.upload(), a.wait(46_000)),
    "pass",
    "2 changes while a watch was cut",
  ],
  [
    "watches one namespace, and something goes in another",
    (a) => {
      const inShop = () => a.watch("pods", 200, "resourceVersion=1", "shop");
      a.cut("pods", "client");
      inShop();
      a.cut("pods");
      a.change("created", fresh);
      a.change("deleted", old);
      a.wait(1000);
      inShop();
      a.change("modified", relabelled(first, "seen"));
      a.list("pods", { taken: "merged" });
      a.upload();
      a.wait(46_000);
    },
    "pass",
    "2 changes while a watch was cut",
  ],
  [
    "shows one change, and is told to leave before it has to show the other",
    (a) => {
      a.cut("pods");
      changes(a);
      a.watch("pods");
      a.change("modified", relabelled(first, "seen"));
      a.list("pods", { taken: "merged" });
      a.upload();
      a.wait(3000);
    },
    "not-testable",
    "nothing changed until it was taken up again",
  ],
  [
    "resumes one watch, and is told to leave before it has to resume the other",
    (a) => (a.cut("pods"), changes(a), resumes(a), a.upload(), a.cut("nodes"), a.wait(3000)),
    "not-testable",
    "nothing changed until it was taken up again",
  ],
  [
    "shows all for long",
    (a) => (a.cut("pods"), changes(a), resumes(a), a.upload(), a.beats(60), a.change("created", second), a.upload()),
    "pass",
    "3 changes while a watch was cut",
  ],
  [
    "lost something before the watch was cut",
    (a) => {
      a.change("created", second, "in-the-agent");
      a.cut("pods");
      changes(a);
      resumes(a);
      a.upload("", is(second));
      a.wait(46_000);
    },
    "pass",
    "3 changes while a watch was cut",
  ],
  [
    "has what went in a snapshot of old that came before it",
    (a) => {
      a.change("created", second);
      a.upload();
      a.cut("pods");
      a.change("deleted", second);
      loses(a);
    },
    "fail",
    `pods shop/web-7d4b9c6f5-n3w11 was deleted`,
  ],
  [
    "never had what went",
    (a) => {
      a.change("created", second, "in-the-agent");
      a.cut("pods");
      a.change("deleted", second);
      a.wait(1000);
      resumes(a);
      a.upload();
    },
    "pass",
    "1 change while a watch was cut",
  ],
  [
    "is away while one comes and goes",
    (a) => {
      a.cut("pods");
      a.change("created", second);
      a.change("modified", relabelled(first, "seen"));
      a.wait(1000);
      a.change("deleted", second);
      resumes(a);
      a.upload();
    },
    "pass",
    "1 change while a watch was cut",
  ],
  [
    "leaves out what is scaled to nothing after it was scaled down while it was away",
    (a) => {
      a.cut("replicasets.apps");
      a.change("modified", scaled(1));
      a.wait(1000);
      a.watch("replicasets.apps");
      a.change("modified", scaled(0));
      a.list("replicasets.apps");
      a.upload("", isSet);
      a.wait(46_000);
    },
    "not-testable",
    "nothing changed until it was taken up again",
  ],
  [
    "is refused for long after its watch was cut",
    (a) => {
      a.cut("pods");
      changes(a);
      a.wait(30_000);
      a.refused({ code: 500 }, "pods");
      a.wait(30_000);
      resumes(a);
      a.upload();
    },
    "pass",
    "3 changes",
  ],
  [
    "waits for a refusal to be over",
    (a) => {
      a.cut("pods");
      changes(a);
      const script = a.refused({ code: 403, times: "all" }, "pods");
      a.wait(30_000);
      a.fault(script, "removed");
      a.wait(30_000);
      resumes(a);
      a.upload();
    },
    "pass",
    "3 changes",
  ],
  [
    "is refused another kind for long after its watch was cut",
    (a) => {
      a.cut("pods");
      changes(a);
      a.wait(30_000);
      a.refused({ code: 500 }, "nodes");
      a.wait(30_000);
      resumes(a);
      a.upload();
    },
    "fail",
    "neither watched nor listed again",
  ],
  [
    "was refused before its watch was cut",
    (a) => {
      a.cut("pods");
      const script = a.refused({ code: 403, times: "all" }, "pods");
      a.wait(1000);
      a.watch("pods");
      a.cut("pods");
      changes(a);
      a.wait(30_000);
      a.fault(script, "removed");
      a.wait(20_000);
      resumes(a);
      a.upload();
    },
    "fail",
    "neither watched nor listed again",
  ],
  [
    "is refused only after it was back",
    (a) => {
      a.cut("pods");
      changes(a);
      a.watch("pods");
      a.change("modified", relabelled(first, "seen"));
      a.wait(30_000);
      a.cut("pods");
      a.refused({ code: 500 }, "pods");
      a.wait(20_000);
      a.list("pods");
      a.upload();
    },
    "fail",
    "was deleted",
  ],
  [
    "is refused after its watch was cut, and is not observed for long after that",
    (a) => (a.cut("pods"), changes(a), a.wait(30_000), a.refused({ code: 500 }, "pods"), a.wait(30_000)),
    "not-testable",
    "nothing changed until it was taken up again",
  ],
  [
    "watches again, is brought nothing, and is refused another watch",
    (a) => (a.cut("pods"), changes(a), a.watch("pods"), a.wait(30_000), a.refused({ code: 500 }, "pods"), a.wait(20_000)),
    "fail",
    "was deleted",
  ],
  [
    "is refused another watch before it is brought something",
    (a) => {
      a.cut("pods");
      changes(a);
      a.watch("pods");
      a.wait(30_000);
      a.refused({ code: 500 }, "pods");
      a.wait(20_000);
      a.change("modified", relabelled(first, "seen"));
      a.list("pods");
      a.upload();
    },
    "pass",
    "3 changes",
  ],
  [
    "sends what went only when it was gone",
    (a) => {
      a.change("created", second);
      a.cut("pods");
      a.change("deleted", second);
      a.upload();
      a.wait(1000);
      a.list("pods");
      a.watch("pods");
      a.upload();
    },
    "not-testable",
    "nothing changed until it was taken up again",
  ],
  [
    "loses what goes only long after it had to show",
    (a) => (a.cut("pods"), a.change("created", second), a.wait(1000), loses(a), a.change("deleted", second)),
    "fail",
    "pods shop/web-7d4b9c6f5-n3w11 was created",
  ],
]);
