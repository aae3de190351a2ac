import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { MockServerError } from "../errors.ts";
import type { ControlledServer, Meters } from "../start.ts";
import { BadBody, readAdvance, readFault, readScope } from "./bodies.ts";
import { createMetrics } from "./metrics.ts";

const MAX_BODY_BYTES = 64 * 1024;
const ROUTES =
  "there are GET /healthz, /v1/clusters, /v1/clusters/ID, /v1/clusters/ID/objects, /v1/kubernetes-info/ID, /v1/journal, /v1/faults, " +
  "/metrics; POST /v1/faults, /v1/clock/advance, /v1/reset; DELETE /v1/faults";
const limited = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: (context) => context.json({ error: `the body is longer than ${MAX_BODY_BYTES} bytes` }, 413),
});

/** The control API: JSON in, JSON out. What is asked wrongly gets 400 with how to mend it. */
export function createControlApp(server: ControlledServer, meters: Meters): Hono {
  const app = new Hono({ strict: false });
  const metrics = createMetrics(meters);

  app.get("/healthz", (context) => context.json({ status: "ready", grpc: server.address, target: server.target }));
  app.get("/v1/clusters", (context) => context.json(server.clusters()));
  app.get("/v1/clusters/:id", (context) => known(context, (id) => server.cluster(id)));
  app.get("/v1/clusters/:id/objects", (context) =>
    known(context, (id) => server.cluster(id) && server.objects(id, context.req.query("type"))),
  );
  app.get("/v1/clusters/:id/inventory", (context) => known(context, (id) => server.inventory(id)));
  app.get("/v1/kubernetes-info/:id", (context) => known(context, (id) => server.kubernetesInfo(id, context.req.query("type"))));
  app.get("/v1/journal", async (context) => {
    const after = context.req.query("after");
    if (after !== undefined && !/^\d{1,15}$/.test(after)) {
      throw new BadBody(`after=${after} is no record id; give the id of the last record that you have, such as after=12`);
    }
    await server.settled();
    const cluster = context.req.query("cluster");
    return context.json(
      server.journal({ ...(cluster !== undefined && { cluster }), ...(after !== undefined && { after: Number(after) }) }),
    );
  });

  app.get("/v1/faults", (context) => context.json(jsonSafe(server.faults())));
  app.post("/v1/faults", limited, async (context) => {
    const id = server.addFault(readFault(await context.req.text()));
    return context.json({ id }, 201);
  });
  app.delete("/v1/faults", (context) => context.json({ removed: server.clearFaults(context.req.query("cluster")) }));
  app.post("/v1/clock/advance", limited, async (context) => {
    const { ms, cluster } = readAdvance(await context.req.text());
    server.advanceClock(ms, cluster);
    return context.json({ advancedMs: ms });
  });
  app.post("/v1/reset", limited, async (context) => {
    const { cluster } = readScope(await context.req.text());
    server.reset(cluster);
    return context.json({ reset: cluster ?? "all" });
  });
  app.get("/metrics", async (context) => {
    context.header("Content-Type", metrics.contentType);
    return context.body(await metrics.text());
  });

  app.notFound((context) => context.json({ error: `there is no ${context.req.method} ${context.req.path}; ${ROUTES}` }, 404));
  app.onError((error, context) => {
    if (error instanceof BadBody) return context.json({ error: error.message }, 400);
    if (error instanceof MockServerError) return context.json({ error: error.message, code: error.code }, 413);
    return context.json({ error: `the mock failed: ${error.message}` }, 500);
  });
  return app;
}

function known(context: Context, find: (id: string) => unknown): Response {
  const id = context.req.param("id") ?? "";
  const found = find(id);
  if (found === undefined)
    return context.json({ error: `no request ever named the cluster ${id}; GET /v1/clusters lists those that are known` }, 404);
  return context.json(found);
}

function jsonSafe(value: unknown): object {
  return JSON.parse(
    JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? part.toString() : part)),
  ) as object;
}
