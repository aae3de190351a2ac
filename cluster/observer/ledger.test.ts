import { describe, expect, it } from "vitest";
import { openTranscript, type RawLine } from "../../transcript/index.ts";
import { Ledger, type Seen } from "./ledger.ts";

/** Who saw what: `watch a1` is object a in version 1, seen by a watch. */
type Sight = readonly ["state" | "saw" | "deleted" | "whole", ...string[]];

function object(text: string): Seen {
  const [, uid = "", resourceVersion = ""] = /^([a-z]+)(\d+)$/.exec(text) ?? [];
  return { uid, name: uid, namespace: "shop", resourceVersion, bytes: text };
}

function play(sights: readonly Sight[], resource = "pods") {
  const lines: RawLine[] = [];
  const transcript = openTranscript({ write: () => {}, close: () => {} }, () => 0);
  transcript.subscribe((line) => lines.push(line));
  const ledger = new Ledger(transcript.tenant("t"));
  for (const [sight, ...texts] of sights) {
    if (sight === "state") ledger.state(resource, "5", texts.map(object));
    if (sight === "saw") for (const text of texts) ledger.saw(resource, object(text));
    if (sight === "deleted") for (const text of texts) ledger.sawDeleted(resource, object(text));
    if (sight === "whole") {
      const [resourceVersion = "", ...uids] = texts;
      ledger.sawWhole({ resource, resourceVersion, uids: new Set(uids) });
    }
  }
  return { ledger, lines: () => lines.filter(({ side }) => side === "api") };
}

const written = (sights: readonly Sight[]) =>
  play(sights)
    .lines()
    .map((line) => {
      const items = (line.kind === "state" ? line["items"] : [line["item"]]) as readonly (readonly [string, string])[];
      return `${line.kind === "state" ? "state" : String(line["change"])} ${items.map(([uid, version]) => uid + version).join(" ")}`;
    });

describe("the ledger", () => {
  it.each<[string, Sight[], string[]]>([
    [
      "what is there, and changes",
      [
        ["state", "a1", "b2"],
        ["saw", "a6"],
      ],
      ["state a1 b2", "modified a6"],
    ],
    ["nothing for a kind without objects", [["state"]], []],
    [
      "a version once, whoever saw it first",
      [
        ["saw", "a6"],
        ["saw", "a6"],
        ["saw", "a7"],
        ["saw", "a6"],
      ],
      ["created a6", "modified a7"],
    ],
    [
      "what was there from the start as no change",
      [
        ["state", "a1"],
        ["saw", "a1"],
      ],
      ["state a1"],
    ],
    [
      "an older form that comes late, since it may yet be delivered",
      [
        ["saw", "a7"],
        ["saw", "a6"],
      ],
      ["created a7", "modified a6"],
    ],
    [
      "a deletion once",
      [
        ["state", "a1"],
        ["deleted", "a8"],
        ["deleted", "a8"],
      ],
      ["state a1", "deleted a8"],
    ],
    ["the deletion of what was never seen", [["deleted", "a8"]], ["deleted a8"]],
    [
      "nothing of what is gone",
      [
        ["state", "a1"],
        ["deleted", "a8"],
        ["saw", "a1"],
        ["saw", "a6"],
      ],
      ["state a1", "deleted a8"],
    ],
    [
      "absence from a list as a deletion",
      [
        ["state", "a1", "b2"],
        ["whole", "9", "b"],
      ],
      ["state a1 b2", "deleted a9"],
    ],
    [
      "absence once, though its event follows",
      [
        ["state", "a1"],
        ["whole", "9"],
        ["deleted", "a8"],
      ],
      ["state a1", "deleted a9"],
    ],
    [
      "no absence from a list older than the object",
      [
        ["saw", "a7"],
        ["whole", "6"],
      ],
      ["created a7"],
    ],
    [
      "absence from a list as old as the object",
      [
        ["saw", "a7"],
        ["whole", "7"],
      ],
      ["created a7", "deleted a7"],
    ],
    [
      "one that comes again under another uid",
      [
        ["state", "a1"],
        ["deleted", "a8"],
        ["saw", "b9"],
      ],
      ["state a1", "deleted a8", "created b9"],
    ],
  ])("writes %s", (_name, sights, expected) => {
    expect(written(sights)).toEqual(expected);
  });

  it("takes absence for one resource and one namespace alone", () => {
    const { ledger, lines } = play([["state", "a1"]]);
    ledger.sawWhole({ resource: "services", resourceVersion: "9", uids: new Set() });
    ledger.sawWhole({ resource: "pods", namespace: "ops", resourceVersion: "9", uids: new Set() });
    expect(lines()).toHaveLength(1);
    ledger.sawWhole({ resource: "pods", namespace: "shop", resourceVersion: "9", uids: new Set() });
    expect(lines()).toHaveLength(2);
  });

  it("gives a deletion that only absence told the last form", () => {
    const { lines } = play([
      ["state", "a1"],
      ["saw", "a6"],
      ["saw", "a3"],
      ["whole", "9"],
    ]);
    const items = lines()
      .filter(({ kind }) => kind === "commit")
      .map((line) => (line["item"] as string[])[2]);
    expect(items[2]).toBe(items[0]);
    expect(items[1]).not.toBe(items[0]);
  });

  it("keeps Secrets to itself", () => {
    expect(
      JSON.stringify(
        play(
          [
            ["state", "a1"],
            ["saw", "a6"],
            ["deleted", "a7"],
          ],
          "secrets",
        ).lines(),
      ),
    ).not.toMatch(/[0-9a-f]{64}/);
  });

  it("tells when something is gone", async () => {
    const { ledger } = play([["state", "a1"]]);
    const gone = ledger.untilGone("a");
    expect(ledger.has("a")).toBe(true);
    ledger.sawDeleted("pods", object("a8"));
    await gone;
    await ledger.untilGone("a");
    expect(ledger.has("a")).toBe(false);
  });
});
