import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createExplainer, idleExplanations, staleExplanations } from "./explain.ts";
import { explanations } from "./explanations.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { mutationPage } from "./page.ts";
import { isSame, type MutationResults } from "./results.ts";
import { mutatedFiles } from "./targets.ts";

/** What earlier runs showed, in docs/. */
export function openStore(root: string) {
  const [page, data] = [join(root, "docs", "check-mutation.md"), join(root, "docs", "check-mutation.json")];
  const exists = (file: string) => existsSync(join(root, file));
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const known = (): MutationResults =>
    existsSync(data) ? (JSON.parse(readFileSync(data, "utf8")) as MutationResults) : { schemaVersion: 1, files: {} };
  const reasonsIn = (file: string) => createExplainer(explanations, file, read(file));
  const mutants = (file: string): readonly Mutant[] => mutantsOf(file, read(file));

  function write(results: MutationResults): void {
    writeFileSync(data, dataText(results));
    writeFileSync(page, mutationPage(results));
  }

  return {
    known,
    write,
    mutants,
    /** Why a mutant of a file may live, as it is told now. */
    reasonsIn,
    /** Writes the page anew with the reasons as they are told now. */
    retell(): void {
      const results = known();
      const files = Object.entries(results.files).map(([file, result]) => {
        const [there, reasonOf] = [mutants(file), reasonsIn(file)];
        const survivors = result.survivors.map(({ reason: _told, ...survivor }) => {
          const mutant = there.find((candidate) => isSame(survivor, candidate));
          const reason = mutant && reasonOf(mutant);
          return { ...survivor, ...(reason !== undefined && { reason }) };
        });
        return [file, { ...result, survivors }] as const;
      });
      write({ ...results, files: Object.fromEntries(files) });
    },
    /** What is stale in it, cheaply: the page is what the data say, and what both name is still there. */
    problems(): readonly string[] {
      const results = known();
      const isPage = existsSync(page) && readFileSync(page, "utf8") === mutationPage(results);
      return [
        ...Object.keys(results.files).flatMap((file) => (exists(file) ? [] : [`${file}: there is no such file any more`])),
        ...staleExplanations(explanations, new Map(mutatedFiles(root).map((file) => [file, read(file)]))),
        ...idleExplanations(explanations, results.files),
        ...(isPage ? [] : ["docs/check-mutation.md is not what docs/check-mutation.json says"]),
      ];
    },
  };
}

/** A line for each file and each survivor, so that differences can be read. */
function dataText({ schemaVersion, files }: MutationResults): string {
  const texts = Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, { survivors, ...rest }]) => {
      const lines = survivors.map((survivor) => `\n${JSON.stringify(survivor)}`).join(",");
      return `${JSON.stringify(file)}:${JSON.stringify(rest).slice(0, -1)},"survivors":[${lines}]}`;
    });
  return `{"schemaVersion":${schemaVersion},"files":{\n${texts.join(",\n")}\n}}\n`;
}
