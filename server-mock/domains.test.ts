import { describe, expect, it } from "vitest";
import { createDomainBook } from "./domains.ts";

describe("createDomainBook", () => {
  it("lets the oldest that were made give way, never those that were given, and counts them", () => {
    const domains = createDomainBook(["given"], 2);
    for (const id of ["a", "b", "given", "a", "c"]) domains.add(id);
    expect(["given", "a", "b", "c"].map((id) => domains.has(id))).toEqual([true, true, false, true]);
    expect(domains.forgotten).toBe(1);
  });

  it("makes none of an id that no server takes", () => {
    const domains = createDomainBook([]);
    domains.add("x".repeat(257));
    domains.add("x".repeat(256));
    expect([256, 257].map((length) => domains.has("x".repeat(length)))).toEqual([true, false]);
  });
});
