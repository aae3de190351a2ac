import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { powersLacking } from "./forms.ts";

const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "agents.md"), "utf8");
const rows = [...text.matchAll(/^\| `([a-z-]+)`:[^|]*\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|/gmu)].map(
  ([, power = "", ...cells]) => [power, ...cells.slice(0, 4).map((cell) => cell.trim())] as const,
);
const TOLD = ["--quiet"];

describe("the documented powers", () => {
  it("are all of them", () => {
    expect(rows.map(([power]) => power).toSorted()).toEqual(Object.keys(powersLacking("attach", "host")).toSorted());
  });

  it.each(rows)("%s: command %s, container %s, pod %s, attached %s", (power, ...cells) => {
    const lacking = [
      powersLacking("command", "host", TOLD),
      powersLacking("image", "container", TOLD),
      powersLacking("manifest", "pod"),
      powersLacking("attach", "host"),
    ];
    expect(cells.map((cell) => cell === "no")).toEqual(lacking.map((lacks) => Object.hasOwn(lacks, power)));
  });
});
