import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ContractClient } from "../contract/client.ts";
import { lentHeaders } from "./lending.ts";
import { namesIn, PROTOCOLS, setUp, type Setup } from "./testing.ts";

const SHOWN = "shown-by-the-agent";
const USER = { token: "of-the-user" };

let setup: Setup;
let agent: ContractClient;
let asked = 0;
beforeEach(async () => {
  asked = 0;
  const credentials = async () => {
    asked += 1;
    return USER;
  };
  const users = [{ name: "user", token: USER.token, rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] }];
  setup = await setUp("h1", { cluster: { users }, proxy: { lending: { token: SHOWN, credentials } } });
  agent = new ContractClient(setup.proxy.url, setup.proxy.caPem, SHOWN);
});
afterEach(async () => {
  await agent[Symbol.asyncDispose]();
  await setup[Symbol.asyncDispose]();
});

const MAPS = "/api/v1/namespaces/default/configmaps";

describe.each(PROTOCOLS)("credentials that are lent, over %s", (protocol) => {
  it("let whoever shows the token read, and are asked for anew each time", async () => {
    expect(namesIn(await agent.call("/api/v1/configmaps", { protocol }))).toEqual(["a", "b", "c"]);
    expect((await agent.call(`${MAPS}/a`, { protocol })).status).toBe(200);
    expect((await agent.call("/version", { protocol })).status).toBe(200);
    const watch = await agent.watch("/api/v1/configmaps?watch=1", { protocol });
    expect((await watch.take(3)).map(({ type }) => type)).toEqual(["ADDED", "ADDED", "ADDED"]);
    watch.close();
    expect(asked).toBe(4);
  });

  it("serve nobody else", async () => {
    for (const authorization of ["Bearer of-the-user", "Bearer ", `Basic ${SHOWN}`]) {
      expect((await agent.call("/api/v1/configmaps", { protocol, headers: { authorization } })).status).toBe(401);
    }
    expect(asked).toBe(0);
  });

  it.each<[string, string, string]>([
    ["POST", MAPS, "passed on"],
    ["PUT", `${MAPS}/a`, "passed on"],
    ["PATCH", `${MAPS}/a`, "passed on"],
    ["DELETE", `${MAPS}/a`, "passed on"],
    ["DELETE", MAPS, "passed on"],
    ["POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "passed on"],
    ["GET", "/api/v1/secrets", "Secrets"],
    ["GET", "/api/v1/namespaces/default/%73ecrets/s", "Secrets"],
    ["GET", "/api/v1/watch/secrets", "Secrets"],
    ["GET", "/api/v1/namespaces/default/pods/x/log", "passed on"],
    ["GET", "/api/v1/namespaces/default/services/x/proxy/admin", "passed on"],
    ["GET", "/logs/kube-apiserver.log", "passed on"],
  ])("are of no use for %s %s", async (method, path, told) => {
    const answer = await agent.call(path, { protocol, method });
    expect([answer.status, answer.json["reason"]]).toEqual([403, "Forbidden"]);
    expect(answer.json["message"]).toContain(told);
    expect(asked).toBe(0);
    expect((await setup.cluster.list("configmaps")).map(({ metadata }) => metadata.name)).toEqual(["a", "b", "c"]);
  });
});

describe("the headers of a request with lent credentials", () => {
  const headers = { accept: "application/json", authorization: "Bearer x", "impersonate-user": "root", "impersonate-group": "g" };

  it.each([
    ["a token", { token: "t" }, { authorization: "Bearer t" }],
    ["a password", { basic: "u:p" }, { authorization: "Basic dTpw" }],
    ["a certificate", { certPem: "c", keyPem: "k" }, {}],
  ])("say nothing of whom the agent claims to be, with %s", (_name, credentials, proof) => {
    expect(lentHeaders(headers, credentials)).toEqual({ accept: "application/json", ...proof });
  });
});
