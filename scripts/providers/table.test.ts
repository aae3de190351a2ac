import { describe, expect, it } from "vitest";
import type { Verdict } from "../../suites/results.ts";
import { providersPage } from "./page.ts";
import { changesIn, differencesIn, explanationOf, groupsOf, merged, packed, staleIn, unpacked } from "./table.ts";
import type { ProviderProperty, ProviderTable, Telling, Verdicts } from "./types.ts";

const GREEN: Verdicts = { "KAS-A-1": "pass", "KAS-A-2": "not-applicable" };

function telling(on: Telling["on"], agent = "reference"): Telling {
  return { agent, run: "core", scenario: "story", on };
}

function table(on: Telling["on"], confirmed = 90): ProviderTable {
  return {
    schemaVersion: 1,
    requirementSet: "2026.1",
    target: "v7.1",
    versions: Object.fromEntries(Object.keys(on).map((name) => [name, `v-${name}`])),
    agents: [{ name: "reference", describes: "the reference agent" }],
    tellings: [telling(on)],
    contract: Object.keys(on).includes("envtest")
      ? [
          {
            server: "kube-apiserver",
            provider: "envtest",
            version: "v-envtest",
            confirmed,
            denied: [],
            open: [{ name: "streams lists", needs: "since Kubernetes 1.27" }],
          },
        ]
      : [],
  };
}

const acting = (verdict: Verdict): ProviderProperty => ({
  name: "controllers act",
  provider: "kind",
  reason: "its controllers write too",
  explains: [{ scenario: "story", requirement: "KAS-A-1", verdict }],
});

describe("verdicts of several providers", () => {
  it("differ where one says otherwise, or says nothing", () => {
    const kind: Verdicts = { "KAS-A-1": "not-testable" };
    expect(differencesIn([telling({ embedded: GREEN, envtest: GREEN, kind })])).toEqual([
      {
        agent: "reference",
        scenario: "story",
        requirement: "KAS-A-1",
        verdicts: { embedded: "pass", envtest: "pass", kind: "not-testable" },
      },
      {
        agent: "reference",
        scenario: "story",
        requirement: "KAS-A-2",
        verdicts: { embedded: "not-applicable", envtest: "not-applicable" },
      },
    ]);
    expect(differencesIn([telling({ embedded: GREEN, kind: GREEN }), telling({ envtest: kind })])).toEqual([]);
  });

  it("are explained by the property of the provider that has this verdict, and by no other", () => {
    const [difference] = differencesIn([telling({ embedded: GREEN, envtest: GREEN, kind: { ...GREEN, "KAS-A-1": "fail" } })]);
    if (difference === undefined) throw new Error("they differ");
    const ran = ["embedded", "envtest", "kind"] as const;
    expect(explanationOf(difference, ran, [acting("fail")])?.map(({ name }) => name)).toEqual(["controllers act"]);
    expect(explanationOf(difference, ran, [acting("not-testable")])).toBeUndefined();
    expect(explanationOf(difference, ran, [{ ...acting("fail"), provider: "envtest" }])).toBeUndefined();
    expect(explanationOf(difference, ran, [])).toBeUndefined();
    const two = { ...difference, verdicts: { ...difference.verdicts, envtest: "not-testable" as const } };
    expect(explanationOf(two, ran, [acting("fail")])).toBeUndefined();
  });

  it("leave no explanation that explains nothing, where its provider ran", () => {
    const tellings = [telling({ embedded: GREEN, kind: GREEN })];
    expect(staleIn([acting("fail")], tellings, ["embedded", "kind"])).toEqual([
      "controllers act explains KAS-A-1 fail in story: not seen",
    ]);
    expect(staleIn([acting("fail")], tellings, ["embedded"])).toEqual([]);
    expect(staleIn([acting("pass")], tellings, ["kind"])).toEqual([]);
  });

  it("are written once for all that agree, and read back", () => {
    const other: Verdicts = { ...GREEN, "KAS-A-3": "fail" };
    const groups = groupsOf(
      telling({ embedded: GREEN, envtest: other, kind: { "KAS-A-2": "not-applicable", "KAS-A-1": "pass" } }),
    );
    expect(groups.map(({ providers }) => providers)).toEqual([["embedded", "kind"], ["envtest"]]);
    expect(packed(other)).toEqual({ pass: "KAS-A-1", fail: "KAS-A-3", "not-applicable": "KAS-A-2" });
    expect(unpacked(packed(other))).toEqual(other);
  });
});

describe("a table", () => {
  it("keeps what was not run this time", () => {
    const both = merged(table({ embedded: GREEN }), table({ embedded: { "KAS-A-1": "fail" }, envtest: GREEN }), true);
    expect(both.tellings.map(({ on }) => on)).toEqual([{ envtest: GREEN, embedded: GREEN }]);
    expect(both.versions).toEqual({ embedded: "v-embedded", envtest: "v-envtest" });
    expect(both.contract).toHaveLength(1);
    const elsewhere = { ...table({ kind: GREEN }), tellings: [{ ...telling({ kind: GREEN }), scenario: "another story" }] };
    expect(merged(elsewhere, table({ embedded: GREEN }), false).tellings.map(({ scenario }) => scenario)).toEqual([
      "story",
      "another story",
    ]);
    expect(merged(elsewhere, table({ embedded: GREEN }), true).tellings.map(({ scenario }) => scenario)).toEqual([
      "another story",
    ]);
  });

  it("is compared by what was run this time", () => {
    const committed = table({ embedded: GREEN, envtest: GREEN });
    expect(changesIn(table({ embedded: GREEN }), committed, true)).toEqual([]);
    expect(changesIn(table({ embedded: { "KAS-A-1": "fail" } }), committed, true)).toEqual([
      "reference in story on embedded: KAS-A-1 was pass, and is fail",
      "reference in story on embedded: KAS-A-2 was not-applicable, and is not judged",
    ]);
    expect(changesIn(table({ kind: GREEN }), committed, true)).toEqual(["reference in story on kind is not in the table"]);
    expect(changesIn({ ...table({ envtest: GREEN }), tellings: [] }, committed, true)).toEqual([
      "reference in story on envtest was not told",
    ]);
    expect(changesIn({ ...table({ envtest: GREEN }), tellings: [] }, committed, false)).toEqual([]);
    expect(changesIn(table({ envtest: GREEN }, 89), committed, true)).toEqual([
      "kube-apiserver confirmed 90 cases of the contract, and confirms 89",
    ]);
  });

  it("is a page that names what differs, why, and what an API server cannot tell of", () => {
    const page = (properties: readonly ProviderProperty[]) =>
      providersPage(table({ embedded: GREEN, envtest: GREEN, kind: { ...GREEN, "KAS-A-1": "fail" } }), properties);
    expect(page([])).toContain("| `reference` | core | story | n/a A-2; 1 pass | = | fails A-1; n/a A-2; 0 pass |");
    expect(page([])).toContain("| KAS-A-1 | pass | pass | fail | **nothing explains it** |");
    expect(page([acting("fail")])).toContain("| KAS-A-1 | pass | pass | fail | controllers act |");
    expect(page([acting("fail")])).toContain("- **controllers act** (kind): its controllers write too");
    expect(page([])).toContain("- streams lists: since Kubernetes 1.27");
    expect(providersPage(table({ embedded: GREEN }), [])).toContain("kind (not run)");
  });

  it("tells the requirements in their order, whichever verdict came first", () => {
    const page = providersPage(table({ embedded: { "KAS-A-10": "fail", "KAS-A-2": "fail", "KAS-A-1": "pass" } }), []);
    expect(page).toContain("| fails A-2 A-10; 1 pass |");
  });
});
