import { describe, expect, it } from "vitest";
import { findTarget } from "../targets/registry.ts";
import type { Target } from "../targets/types.ts";
import { versionInfoTrouble } from "./version-info.ts";

const v71 = findTarget("v7.1") as Target;
const document = findTarget("document") as Target;
const info = (object: object, entry = 0) => ({ entry, type: "*version.Info", object: { ...object } });

describe("versionInfoTrouble", () => {
  it.each([
    ["none", [{ entry: 0, type: "*v1.Pod", object: {} }], ["version-info-missing"]],
    ["no gitVersion", [info({})], ["version-info-git-version"]],
    ["an empty gitVersion", [info({ gitVersion: "" })], ["version-info-git-version"]],
    ["a number", [info({ gitVersion: 1.3 })], ["version-info-git-version"]],
    ["two", [info({ gitVersion: "v1.30.0" }), info({ gitVersion: "v1.30.0" }, 4)], ["version-info-several"]],
    [
      "two, the first without gitVersion",
      [info({}), info({ gitVersion: "v1.30.0" }, 4)],
      ["version-info-git-version", "version-info-several"],
    ],
  ])("v7.1: %s", (_name, objects, rules) => {
    expect(versionInfoTrouble(v71, objects).map((trouble) => trouble.rule)).toEqual(rules);
    expect(versionInfoTrouble(document, objects)).toEqual([]);
  });

  it("is content with one", () => {
    expect(versionInfoTrouble(v71, [info({ gitVersion: "v1.30.0" })])).toEqual([]);
  });

  it("says which entry is wrong in what", () => {
    const [trouble] = versionInfoTrouble(v71, [info({ gitVersion: null }, 3)]);
    expect(trouble).toMatchObject({ entry: 3, effect: "aborts" });
    expect(trouble?.text).toContain("entry 3, *version.Info: gitVersion is null");
  });
});
