import { expect, it } from "vitest";
import { blameFor } from "./blame.ts";

const withField = (field: object) => Object.assign(new Error("it failed"), field);

it.each([
  ["a full disk", { code: "ENOSPC" }],
  ["an API server that is not there", { code: "ECONNREFUSED" }],
  ["an API server that fails at a request", { code: 500 }],
  ["one whose answer the agents' side read", { status: 504 }],
  ["a cause of any of these", { cause: withField({ code: "ECONNRESET" }) }],
])("%s is the environment's fault", (_what, field) => {
  expect(blameFor(withField(field))).toEqual({ blame: "environment", text: "it failed" });
});

it.each([
  ["what the API server refuses since the request is wrong", { code: 409 }],
  ["a status of gRPC", { code: 14 }],
  ["an error of no kind", {}],
])("%s is the harness's own", (_what, field) => {
  expect(blameFor(withField(field)).blame).toBe("harness");
});
