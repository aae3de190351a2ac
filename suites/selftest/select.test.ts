import { describe, expect, it } from "vitest";
import { mutants } from "../../agents/index.ts";
import { requirements } from "../requirements/index.ts";
import { selectSubjects, SelftestSelectionError } from "./select.ts";
import { choicesOf, controls, subjectsOf } from "./subjects.ts";

const everything = { subjects: subjectsOf(mutants), judged: requirements.filter(({ judged }) => judged) };
const chosen = (...patterns: string[]) => {
  const { subjects, judged } = selectSubjects(everything, patterns);
  return { names: [...new Set(subjects.map(({ name }) => name))], ids: judged.map(({ id }) => id) };
};

describe("the subjects", () => {
  it("are every mutant once, and every control in every run of a mutant", () => {
    const runs = choicesOf(mutants).length;
    expect(runs).toBeGreaterThan(4);
    expect(everything.subjects).toHaveLength(mutants.length + controls.length * runs);
  });

  it("have mutants of their own process", () => {
    const gzip = everything.subjects.find(({ name }) => name === "gzip");
    expect(gzip?.command.slice(-2)).toEqual(["--mutate", "gzip"]);
    expect(gzip?.expects).toEqual({ rule: "fails-exactly", ids: ["KAS-ENC-1"] });
  });
});

describe("patterns", () => {
  it("choose by the name of an agent, without holding any column against the rest", () => {
    expect(chosen("keep-*", "SILENT")).toEqual({ names: ["keep-deleted", "keep-last-of-kind", "silent"], ids: [] });
  });

  it("choose by the id of a requirement those that are declared to fail it", () => {
    const declared = mutants.filter(({ fails }) => fails.includes("KAS-ECHO-1")).map(({ name }) => name);
    expect(declared).toContain("ignore-echo");
    expect(chosen("echo-1")).toEqual({ names: declared, ids: ["KAS-ECHO-1"] });
    expect(chosen("KAS-ECHO-1")).toEqual(chosen("echo-1"));
  });

  it("choose everything where there is none, and with *", () => {
    expect(selectSubjects(everything, [])).toEqual(everything);
    expect(selectSubjects(everything, ["*"])).toEqual(everything);
  });

  it("that choose nothing are named", () => {
    expect(() => chosen("gzip", "gz.p")).toThrow(SelftestSelectionError);
    expect(() => chosen("gzip", "gz.p")).toThrow('"gz.p"');
  });
});
