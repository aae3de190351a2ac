import { describe, expect, it } from "vitest";
import { generatorFlags, staleFiles } from "../scripts/gen-proto.ts";
import { LOADER_OPTIONS } from "./options.ts";

describe("proto/gen", () => {
  it("is what the .proto files give now", () => {
    expect(staleFiles()).toEqual([]);
  });

  it("is generated under the loader's options", () => {
    expect(generatorFlags(LOADER_OPTIONS)).toEqual([
      "--keepCase=true",
      "--longs=String",
      "--enums=String",
      "--defaults=false",
      "--oneofs=true",
      "--arrays=false",
      "--objects=false",
    ]);
    expect(() => generatorFlags({ longs: 5 })).toThrow("longs");
  });
});
