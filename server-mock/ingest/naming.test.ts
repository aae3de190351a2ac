import { describe, expect, it } from "vitest";
import { nameFinding } from "./naming.ts";

describe("nameFinding", () => {
  it.each([
    ["*v1.Pod", "Pod"],
    ["*v1.Ingress", "Ingress"],
    ["*v1.Ingress", "Route"],
    ["*v1.Route", "Route"],
    ["*v1beta1.Ingress", "Ingress"],
    ["*v1.StatefulSet", "StatefulSetPlus"],
    ["*version.Info", undefined],
    ["*v1.Pod", undefined],
    ["*v1.Pod", 5],
  ])("takes %s with kind %s", (type, kind) => {
    expect(nameFinding(type, [{ kind }])).toBeUndefined();
  });

  it.each([
    [undefined, "no-type", "has no type"],
    ["", "no-type", "is empty"],
    ["*v1.Job", "unknown-type", '"*v1.Job"'],
    ["*v1.IPPool", "unknown-type", '"*v1.IPPool"'],
    ["Pod", "unknown-type", "known is *v1.Pod"],
    ["v1.Pod", "unknown-type", "known is *v1.Pod"],
    ["*v1.Pods", "unknown-type", "known is *v1.Pod"],
    ["apps/v1.Deployment", "unknown-type", "known is *v1.Deployment"],
    ["ingresses", "unknown-type", "known is *v1beta1.Ingress and *v1.Ingress"],
  ])("tells %s", (type, code, words) => {
    const finding = nameFinding(type, []);
    expect(finding?.code).toBe(code);
    expect(finding?.problem).toContain(words);
  });

  it.each([
    ["*v1.Pod", "Node"],
    ["*v1.Route", "Ingress"],
    ["*version.Info", "Pod"],
  ])("tells %s with kind %s", (type, kind) => {
    expect(nameFinding(type, [{}, { kind }])).toMatchObject({ code: "kind-mismatch" });
  });
});
