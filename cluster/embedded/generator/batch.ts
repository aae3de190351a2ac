import type { KubeObject } from "../catalog/index.ts";
import { addPod } from "./pods.ts";
import { podTemplate, type PodTemplate } from "./template.ts";
import { CONTROLLER, withLabels } from "./workloads.ts";
import { createdAt, iso, ownedBy, type World } from "./world.ts";

/** A Job that ran once, and a CronJob with one Job that succeeded and one that failed: three finished pods. */
export function addBatch(world: World, namespace: string): void {
  addJob(world, namespace, "schema-migration", template(world, namespace, "schema-migration"), "succeeded");
  const cron = addCronJob(world, namespace, "nightly-report");
  const report = template(world, namespace, "nightly-report");
  addJob(world, namespace, "nightly-report-29391240", report, "succeeded", cron);
  addJob(world, namespace, "nightly-report-29392680", report, "failed", cron);
}

function template(world: World, namespace: string, name: string): PodTemplate {
  const image = `registry.example.com/${namespace}/${name}:3.2.1`;
  return podTemplate(world, { namespace, name, image, labels: { app: name }, restartPolicy: "Never" });
}

function addCronJob(world: World, namespace: string, name: string): KubeObject {
  return world.add({
    resource: "cronjobs.batch",
    // The stored version: 1.20 serves CronJobs as a beta alone.
    apiVersion: world.old ? "batch/v1beta1" : "batch/v1",
    kind: "CronJob",
    name,
    namespace,
    labels: { app: name },
    generation: 1,
    statusManager: CONTROLLER,
    body: {
      spec: {
        concurrencyPolicy: "Forbid",
        failedJobsHistoryLimit: 1,
        jobTemplate: { metadata: { creationTimestamp: null }, spec: { template: template(world, namespace, name) } },
        schedule: "0 2 * * *",
        successfulJobsHistoryLimit: 3,
        suspend: false,
      },
      status: { lastScheduleTime: "2025-11-28T02:00:00Z", ...(world.old ? {} : { lastSuccessfulTime: "2025-11-27T02:00:41Z" }) },
    },
  });
}

function addJob(
  world: World,
  namespace: string,
  name: string,
  base: PodTemplate,
  outcome: "succeeded" | "failed",
  owner?: KubeObject,
): void {
  const uid = world.random.uuid();
  const labels: Record<string, string> = {
    ...(world.old ? {} : { "batch.kubernetes.io/controller-uid": uid, "batch.kubernetes.io/job-name": name }),
    "controller-uid": uid,
    "job-name": name,
  };
  const jobTemplate = withLabels(base, labels);
  const created = owner === undefined ? world.moment() : world.moment(createdAt(owner), 86_400_000);
  const job = world.add({
    resource: "jobs.batch",
    apiVersion: "batch/v1",
    kind: "Job",
    name,
    namespace,
    uid,
    labels: jobTemplate.metadata.labels,
    ...(owner === undefined ? {} : { owner: ownedBy(owner), manager: CONTROLLER }),
    created,
    generation: 1,
    statusManager: CONTROLLER,
    body: {
      spec: {
        backoffLimit: outcome === "failed" ? 0 : 6,
        completions: 1,
        parallelism: 1,
        selector: { matchLabels: { "controller-uid": uid } },
        template: jobTemplate,
      },
      status: jobStatus(outcome, created),
    },
  });
  addPod(world, {
    namespace,
    name: `${name}-${world.random.suffix()}`,
    generateName: `${name}-`,
    template: jobTemplate,
    owner: job,
    state: outcome,
    after: created,
  });
}

function jobStatus(outcome: "succeeded" | "failed", created: number): object {
  const completed = iso(created + 95_000);
  const condition = {
    lastProbeTime: completed,
    lastTransitionTime: completed,
    status: "True",
    ...(outcome === "failed"
      ? { message: "the job reached its backoff limit", reason: "BackoffLimitExceeded", type: "Failed" }
      : { type: "Complete" }),
  };
  return {
    conditions: [condition],
    startTime: iso(created),
    ...(outcome === "failed" ? { failed: 1 } : { completionTime: completed, succeeded: 1 }),
  };
}
