/** What the registry of requirements and all that hangs on it says of itself. */
export interface RegistryFacts {
  readonly requirements: readonly {
    readonly id: string;
    readonly judged: boolean;
    readonly notJudgedBecause?: string;
    readonly scenarios: readonly string[];
    readonly mutants: readonly string[];
  }[];
  /** Ids of the checks, as often as they stand there. */
  readonly checks: readonly string[];
  readonly scenarios: readonly string[];
  readonly mutants: readonly { readonly name: string; readonly fails: readonly string[] }[];
  /** Requirements that no agent can be made to break, with the test whose synthetic transcripts fail their check. */
  readonly synthetic: Readonly<Record<string, { readonly test: string; readonly names: boolean }>>;
}

/** Everything that is not complete or does not fit together, a line each; empty where all does. */
export function registryProblems({ requirements, checks, scenarios, mutants, synthetic }: RegistryFacts): readonly string[] {
  const ids = new Set(requirements.map(({ id }) => id));
  const mutantOf = new Map(mutants.map((mutant) => [mutant.name, mutant]));
  const used = new Set(requirements.flatMap((requirement) => requirement.scenarios));
  return [
    ...checks.filter((id, index) => checks.indexOf(id) !== index).map((id) => `${id} has two checks`),
    ...checks.filter((id) => !ids.has(id)).map((id) => `there is a check of ${id}, which is no requirement`),
    ...scenarios.filter((name) => !used.has(name)).map((name) => `nothing is judged in the scenario ${name}`),
    ...Object.keys(synthetic)
      .filter((id) => !ids.has(id))
      .map((id) => `${id} has a synthetic pair and is no requirement`),
    ...mutants.flatMap(({ name, fails }) =>
      fails.filter((id) => !ids.has(id)).map((id) => `the mutant ${name} fails ${id}, which is no requirement`),
    ),
    ...requirements.flatMap((requirement) => {
      const { id, judged, notJudgedBecause } = requirement;
      const checked = checks.includes(id);
      if (!judged) {
        return [
          ...(checked ? [`${id} has a check and says that it is not judged`] : []),
          ...(notJudgedBecause === undefined ? [`${id} is not judged and does not say why`] : []),
        ];
      }
      return [
        ...(checked ? [] : [`${id} is judged and has no check`]),
        ...(requirement.scenarios.length === 0 ? [`${id} has no scenario in which it could be judged`] : []),
        ...requirement.scenarios
          .filter((name) => !scenarios.includes(name))
          .map((name) => `${id} is judged in ${name}, which is no scenario`),
        ...proofProblems(requirement, mutantOf, synthetic[id]),
      ];
    }),
  ];
}

/** A check that nothing can make red proves nothing. */
function proofProblems(
  { id, mutants }: RegistryFacts["requirements"][number],
  mutantOf: ReadonlyMap<string, { readonly fails: readonly string[] }>,
  pair: RegistryFacts["synthetic"][string] | undefined,
): readonly string[] {
  if (pair !== undefined && !pair.names) return [`${pair.test} does not name ${id}, whose check it is to fail`];
  if (mutants.length === 0) return pair === undefined ? [`${id} has neither a mutant nor a synthetic pair that fails it`] : [];
  return [
    ...(pair === undefined ? [] : [`${id} has mutants and needs no synthetic pair`]),
    ...mutants.flatMap((name) => {
      const mutant = mutantOf.get(name);
      if (mutant === undefined) return [`${id} is broken by ${name}, which is no mutant`];
      return mutant.fails.includes(id) ? [] : [`${id} is broken by ${name}, which does not say so`];
    }),
  ];
}
