import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Verdict } from "../../suites/results.ts";
import { providersPage } from "./page.ts";
import { groupsOf, packed, unpacked } from "./table.ts";
import type { ProviderName, ProviderProperty, ProviderTable, Telling } from "./types.ts";

type Group = { readonly on: readonly ProviderName[] } & Readonly<Partial<Record<Verdict, string>>>;
type Written = Omit<ProviderTable, "tellings"> & {
  readonly tellings: readonly (Omit<Telling, "on"> & { readonly verdicts: readonly Group[] })[];
};

/** The two files of a table, by name. */
export function tableFiles(table: ProviderTable, properties: readonly ProviderProperty[]): Readonly<Record<string, string>> {
  return { "providers.md": providersPage(table, properties), "providers.json": textOf(table) };
}

/** Writes them into a folder. */
export function writeTable(folder: string, table: ProviderTable, properties: readonly ProviderProperty[]): void {
  for (const [name, text] of Object.entries(tableFiles(table, properties))) writeFileSync(join(folder, name), text);
}

/** The table of a folder; undefined where there is none. */
export function readTable(folder: string): ProviderTable | undefined {
  const path = join(folder, "providers.json");
  if (!existsSync(path)) return undefined;
  const { tellings, ...rest } = JSON.parse(readFileSync(path, "utf8")) as Written;
  return {
    ...rest,
    tellings: tellings.map(({ verdicts, ...telling }) => ({
      ...telling,
      on: Object.fromEntries(verdicts.flatMap(({ on, ...ids }) => on.map((name) => [name, unpacked(ids)] as const))),
    })),
  };
}

/** Providers that agree have one entry. */
function textOf({ tellings, ...rest }: ProviderTable): string {
  const written: Written = {
    ...rest,
    tellings: tellings.map(({ on, ...telling }) => ({
      ...telling,
      verdicts: groupsOf({ ...telling, on }).map(({ providers, verdicts }) => ({ on: providers, ...packed(verdicts) })),
    })),
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}
