import { describe, expect, it } from "vitest";
import { exclusionOf, findRequirement, requirements, requirementsFor, SelectionError } from "./index.ts";

const run = { target: "v7.1", profiles: ["core"], features: [] };
const ids = (choice: Parameters<typeof requirementsFor>[0]) => requirementsFor(choice).map((requirement) => requirement.id);

describe("the registry", () => {
  it("has every id once, in the form KAS-<AREA>-<n>", () => {
    expect(new Set(requirements.map((requirement) => requirement.id)).size).toBe(requirements.length);
    for (const { id } of requirements)
      expect(id).toMatch(/^KAS-(CONN|ENV|VER|ECHO|SNAP|ENC|OBJ|ERR|LIFE|WATCH|SCALE|CFG|SEC)-\d+$/);
  });

  it("numbers each area without gaps, so that none is lost or reused", () => {
    const areas = new Map<string, number[]>();
    for (const { id } of requirements) {
      const [, area, number] = id.split("-");
      areas.set(area!, [...(areas.get(area!) ?? []), Number(number)]);
    }
    const counts = Object.fromEntries([...areas].map(([area, numbers]) => [area, numbers.length]));
    expect(counts).toEqual({
      CONN: 5,
      ENV: 5,
      VER: 6,
      ECHO: 2,
      SNAP: 10,
      ENC: 5,
      OBJ: 12,
      ERR: 5,
      LIFE: 6,
      WATCH: 8,
      SEC: 1,
      SCALE: 2,
      CFG: 5,
    });
    for (const numbers of areas.values()) expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
  });

  it.each(requirements)("$id says where it is judged, or why it is not", (requirement) => {
    if (requirement.judged) {
      expect(requirement.scenarios.length).toBeGreaterThan(0);
      expect(requirement.mutants.length).toBeGreaterThan(0);
    }
    expect(requirement.notJudgedBecause === undefined).toBe(requirement.judged);
    expect(requirement.source).not.toBe("");
    expect(requirement.text.length).toBeGreaterThan(requirement.id === "KAS-VER-5" ? 5 : 20);
  });

  it("judges all of them", () => {
    expect(requirements.filter(({ judged }) => !judged)).toEqual([]);
  });

  it("finds by id alone", () => {
    expect(findRequirement("KAS-VER-3")?.level).toBe("MUST");
    expect(findRequirement("KAS-VER-33")).toBeUndefined();
  });
});

describe("requirementsFor", () => {
  it("takes a profile", () => {
    expect(ids(run)).toContain("KAS-OBJ-6");
    expect(ids(run)).not.toContain("KAS-CONN-2");
    expect(ids({ ...run, profiles: ["recovery"] })).toEqual([
      "KAS-CONN-2",
      "KAS-CONN-3",
      "KAS-CONN-4",
      "KAS-CONN-5",
      "KAS-LIFE-3",
      "KAS-LIFE-5",
    ]);
  });

  it("leaves out what holds for server lines when the target is the document", () => {
    const gone = ids(run).filter((id) => !ids({ ...run, target: "document" }).includes(id));
    expect(gone).toEqual([
      "KAS-ENV-4",
      "KAS-ENV-5",
      "KAS-VER-6",
      "KAS-OBJ-6",
      "KAS-OBJ-7",
      "KAS-OBJ-8",
      "KAS-OBJ-10",
      "KAS-OBJ-11",
    ]);
  });

  it.each([
    ["v6.4", "KAS-ENV-5", false],
    ["v6.5", "KAS-ENV-5", true],
    ["v6.5", "KAS-OBJ-8", false],
    ["v6.6", "KAS-OBJ-8", true],
    ["v7.0", "KAS-OBJ-8", true],
  ])("knows that on %s %s holds: %s", (target, id, holds) => {
    expect(ids({ ...run, target }).includes(id)).toBe(holds);
  });

  it("wants features declared", () => {
    const restricted = { ...run, profiles: ["restricted"] };
    expect(ids(restricted)).toEqual(["KAS-CFG-3"]);
    expect(ids({ ...restricted, features: ["no-watch"] })).toContain("KAS-CFG-4");
    expect(exclusionOf(findRequirement("KAS-CFG-4")!, restricted)).toContain("feature no-watch");
  });

  it.each([
    [["KAS-SNAP-*"], ["KAS-SNAP-1", "KAS-SNAP-2", "KAS-SNAP-3", "KAS-SNAP-4", "KAS-SNAP-5", "KAS-SNAP-7", "KAS-SNAP-9"]],
    [["kas-echo-*"], ["KAS-ECHO-1", "KAS-ECHO-2"]],
    [["OBJ-1"], ["KAS-OBJ-1"]],
    [
      ["*-1,KAS-VER-2"],
      [
        "KAS-CONN-1",
        "KAS-ENV-1",
        "KAS-VER-1",
        "KAS-VER-2",
        "KAS-ECHO-1",
        "KAS-SNAP-1",
        "KAS-ENC-1",
        "KAS-OBJ-1",
        "KAS-LIFE-1",
        "KAS-WATCH-1",
        "KAS-SEC-1",
      ],
    ],
  ])("reads the pattern %j", (only, expected) => {
    expect(ids({ ...run, only })).toEqual(expected);
  });

  it.each([
    ["an id that does not exist", ["KAS-SNAP-11"], "matches no requirement"],
    ["one good pattern and one that matches nothing", ["KAS-SNAP-*", "KAS-NOPE-*"], "matches no requirement"],
    ["a dot, which is no wildcard", ["KAS.SNAP.1"], "matches no requirement"],
    ["an id of another profile", ["KAS-CONN-2"], "profile recovery"],
  ])("refuses %s", (_name, only, problem) => {
    expect(() => ids({ ...run, only })).toThrow(SelectionError);
    expect(() => ids({ ...run, only })).toThrow(problem);
  });

  it("refuses a profile without anything that holds, and says what would", () => {
    expect(() => ids({ ...run, profiles: ["environments"] })).toThrow("feature openshift");
    expect(ids({ ...run, profiles: ["environments"], features: ["openkruise"] })).toEqual(["KAS-CFG-2"]);
  });

  it("refuses an id that the target excludes, and an unknown profile", () => {
    expect(() => ids({ ...run, target: "document", only: ["KAS-OBJ-6"] })).toThrow("server lines");
    expect(() => ids({ ...run, profiles: ["cor"] })).toThrow('unknown profile "cor"');
  });
});
