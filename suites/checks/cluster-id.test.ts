import { describe, expect, it } from "vitest";
import { judgeTranscript } from "../judge.ts";
import { createStory, type TenantStory } from "./testing/story.ts";
import { entryOf } from "./testing/wire.ts";
import { filling, typeNames, versionInfo } from "./testing/world.ts";

const NAME = "cluster-id-asked";
const MD5 = "6345080086afe492a1fc8825716b0e3c";
const ANSWER = "d-TrWjpxiwfH";

/** One life of an agent without a cluster_id. */
type Act = (tenant: TenantStory, wait: (milliseconds: number) => void) => void;

function judge(act: Act, { target = "v7.1", records = true } = {}) {
  const story = createStory({
    target,
    profiles: ["restricted"],
    features: ["cluster-id"],
    scenarios: [NAME],
    only: ["CFG-5"],
    clusterId: "",
  });
  const tenant = story.tenant(NAME);
  story.run("scenario-started", { scenario: NAME }, NAME);
  if (records) story.run("cluster", { caMd5: MD5 }, NAME);
  tenant.fill(filling);
  tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
  story.wait(100);
  act(tenant, (milliseconds) => story.wait(milliseconds));
  tenant.line("agent", "signalled", { life: 1, signal: "SIGTERM" });
  tenant.line("agent", "exited", { life: 1, code: 0, signal: null });
  story.run("scenario-ended", { scenario: NAME }, NAME);
  story.run("run-ended");
  const results = judgeTranscript(story.lines());
  return { check: results.checks[0], exitCode: results.exitCode };
}

function upload(tenant: TenantStory, clusterId: string | undefined, entries = true): void {
  const objects = filling.flatMap(({ resource, object }) =>
    typeNames[resource] === undefined ? [] : [entryOf(typeNames[resource], object)],
  );
  tenant.sync(
    { clusterId, version: 1n, agentId: 7, sourceIp: "192.0.2.77" },
    entries ? [entryOf("*version.Info", versionInfo), ...objects] : [],
  );
}

const asking =
  (md5: string | undefined): Act =>
  (tenant) =>
    upload(tenant, tenant.ask(md5));

describe("KAS-CFG-5", () => {
  it.each<[string, Act]>([
    ["asks and uses the answer", asking(MD5)],
    ["asks with an upper-case digest, which the server reads as the same", asking(MD5.toUpperCase())],
    [
      "asks more than once",
      (tenant) => {
        tenant.ask(MD5);
        asking(MD5)(tenant, () => {});
      },
    ],
    [
      "asks and uses the answer for long",
      (tenant, wait) => {
        asking(MD5)(tenant, wait);
        wait(30_000);
      },
    ],
  ])("passes an agent that %s", (_name, act) => {
    const { check, exitCode } = judge(act);
    expect(check).toMatchObject({ id: "KAS-CFG-5", verdict: "pass" });
    expect(check?.message).toContain(ANSWER);
    expect(exitCode).toBe(0);
  });

  it("shows the first question that was answered", () => {
    const { check } = judge((tenant, wait) => {
      asking(MD5)(tenant, wait);
      tenant.ask(MD5);
    });
    const evidence = check?.evidence ?? [];
    const question = evidence.find(({ note }) => note?.includes("MD5 of the CA"));
    const last = evidence.find(({ note }) => note?.includes("the last request"));
    expect(check?.verdict).toBe("pass");
    expect(question?.seq).toBeLessThan(last?.seq ?? 0);
  });

  it("passes on either service by the letter of the document", () => {
    const act: Act = (tenant) => upload(tenant, tenant.ask(MD5, "trident"));
    expect(judge(act, { target: "document" }).check?.verdict).toBe("pass");
  });

  it.each<[string, Act, string]>([
    ["invents one", (tenant) => upload(tenant, "d-madeup0000"), "nobody was asked"],
    ["sends none", (tenant) => upload(tenant, undefined), "cluster_id absent"],
    ["sends an empty one", (tenant) => upload(tenant, ""), 'cluster_id ""'],
    ["asks by another digest", asking("0".repeat(32)), `the CA's is "${MD5}"`],
    ["asks by SHA-256", asking("ab".repeat(32)), "was refused"],
    ["asks by nothing", asking(undefined), "ca_md5 absent"],
    ["asks by an empty text", asking(""), "was refused"],
    ["asks the service that is not served", (tenant) => void tenant.ask(MD5, "trident"), "trident.Synchronizer"],
    [
      "asks and uses another",
      (tenant) => {
        tenant.ask(MD5);
        upload(tenant, "d-madeup0000");
      },
      `answered was "${ANSWER}"`,
    ],
    [
      "begins before it was answered",
      (tenant) => {
        upload(tenant, "d-madeup0000");
        asking(MD5)(tenant, () => {});
      },
      "before the answer came",
    ],
    ["is silent", (_tenant, wait) => wait(30_000), "nothing was asked within the start budget"],
    [
      "is answered and then silent",
      (tenant, wait) => {
        tenant.ask(MD5);
        wait(30_000);
      },
      "no request came with it",
    ],
    ["ends", (tenant) => void tenant.line("agent", "exited", { life: 1, code: 1, signal: null }), "ended without having asked"],
  ])("fails an agent that %s", (_name, act, text) => {
    const { check } = judge(act);
    expect(check).toMatchObject({ id: "KAS-CFG-5", verdict: "fail" });
    expect(check?.message).toContain(text);
  });

  it.each<[string, Act, boolean]>([
    ["the record does not tell the CA", asking(MD5), false],
    ["it was told to leave at once", () => {}, true],
    ["it asked, and was told to leave at once", (tenant) => void tenant.ask(MD5), true],
    ["it asked rightly, and nothing but heartbeats followed", (tenant) => upload(tenant, tenant.ask(MD5), false), true],
  ])("is not testable where %s", (_name, act, records) => {
    const { check, exitCode } = judge(act, { records });
    expect(check?.verdict).toBe("not-testable");
    expect(exitCode).toBe(2);
  });
});
