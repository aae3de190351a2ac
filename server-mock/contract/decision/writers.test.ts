import { describe, expect, it } from "vitest";
import { noteWriter, writersTrouble, type Writers } from "./writers.ts";

const after = (...names: readonly string[]) =>
  names.reduce<Writers | undefined>((writers, name) => noteWriter(writers, name), undefined) as Writers;

describe("two writers on one cluster_id", () => {
  it.each([[["a"]], [["a", "a", "a"]], [["a", "b"]], [["a", "b", "b"]], [["a", "b", "c"]]])("are not told after %j", (names) => {
    expect(writersTrouble(after(...names))).toBeUndefined();
  });

  it.each([[["a", "b", "a"]], [["a", "a", "b", "b", "a"]], [["a", "b", "a", "b"]]])("are told after %j", (names) => {
    const text = writersTrouble(after(...names));
    expect(text).toContain("a");
    expect(text).toContain("b");
    expect(text).toContain("To mend it");
  });
});
