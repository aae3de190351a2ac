import { differencesIn, explanationOf, groupsOf } from "./table.ts";
import {
  providerNames,
  type ContractRow,
  type ProviderProperty,
  type ProviderTable,
  type Telling,
  type Verdicts,
} from "./types.ts";

const INTRODUCTION = `# The same verdicts everywhere

Written by \`npm run providers\`, which tells the same scenarios to the same agents on embedded API servers, on a kube-apiserver with its etcd (envtest) and
on a kind cluster, and compares every verdict. \`--providers embedded,envtest\`, \`--only reference,poll\` and \`--scenarios first-snapshot\`
restrict it, \`--check\` compares with this page. A provider that the machine has not is named as not run; what was not run now stays here as it was. A verdict that differs must be explained by a property of the
provider, which stands in \`scripts/providers/properties.ts\` with its reason; without one the command exits with 1.
`;

/** The page of the table. Pure. */
export function providersPage(table: ProviderTable, properties: readonly ProviderProperty[]): string {
  const ran = providerNames.filter((name) => table.versions[name] !== undefined);
  const versions = providerNames.map((name) => `${name} ${table.versions[name] ?? "(not run)"}`).join(", ");
  const differences = differencesIn(table.tellings);
  return [
    INTRODUCTION,
    `Requirement set ${table.requirementSet}, target ${table.target}; ${versions}. ${table.agents.length} agents, ${table.tellings.length} tellings, ` +
      `${verdictCount(table)} verdicts, ${differences.length} of which differ between providers.`,
    "",
    "## Verdicts",
    "",
    "What is not named passes; *open* is not-testable, *n/a* is not-applicable. A column holds what fails there; `=` is the same verdicts as in the column before, id by id.",
    "",
    ...lines(
      ["agent", "run", "scenario", ...ran],
      table.tellings.map((telling) => [`\`${telling.agent}\``, telling.run, telling.scenario, ...columns(telling, ran)]),
    ),
    "",
    "## Differences, and why",
    "",
    ...(differences.length === 0
      ? ["None."]
      : lines(
          ["agent", "scenario", "requirement", ...ran, "because of"],
          differences.map(({ agent, scenario, requirement, verdicts }) => [
            `\`${agent}\``,
            scenario,
            requirement,
            ...ran.map((name) => verdicts[name] ?? "not judged"),
            explanationOf({ agent, scenario, requirement, verdicts }, ran, properties)
              ?.map(({ name }) => name)
              .join(", ") ?? "**nothing explains it**",
          ]),
        )),
    "",
    ...properties.map(({ name, provider, reason }) => `- **${name}** (${provider}): ${reason}`),
    ...(properties.length === 0 ? [] : [""]),
    "## Agents",
    "",
    ...lines(
      ["agent", "what it is, or does wrong"],
      table.agents.map(({ name, describes }) => [`\`${name}\``, describes]),
    ),
    "",
    ...contractSection(table.contract),
  ].join("\n");
}

function columns(telling: Telling, ran: readonly (typeof providerNames)[number][]): readonly string[] {
  const groups = groupsOf(telling);
  return ran.map((name, index) => {
    const verdicts = telling.on[name];
    if (verdicts === undefined) return "not run";
    const before = ran[index - 1];
    const same = before !== undefined && groups.some(({ providers }) => providers.includes(name) && providers.includes(before));
    return same ? "=" : described(verdicts);
  });
}

function described(verdicts: Verdicts): string {
  const ids = (wanted: string) =>
    Object.entries(verdicts)
      .flatMap(([id, verdict]) => (verdict === wanted ? [id.replace("KAS-", "")] : []))
      .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
      .join(" ");
  const passed = Object.values(verdicts).filter((verdict) => verdict === "pass").length;
  const parts = [
    ids("fail") === "" ? "" : `fails ${ids("fail")}`,
    ids("not-testable") === "" ? "" : `open ${ids("not-testable")}`,
    ids("not-applicable") === "" ? "" : `n/a ${ids("not-applicable")}`,
  ].filter((part) => part !== "");
  return [...parts, `${passed} pass`].join("; ");
}

function verdictCount({ tellings }: ProviderTable): number {
  return tellings
    .flatMap(({ on }) => Object.values(on).map((verdicts) => Object.keys(verdicts).length))
    .reduce((a, b) => a + b, 0);
}

function contractSection(rows: readonly ContractRow[]): readonly string[] {
  const real = rows.filter(({ provider }) => provider !== "embedded");
  const total = rows[0] === undefined ? 0 : rows[0].confirmed + rows[0].denied.length + rows[0].open.length;
  return [
    "## The contract of the API server",
    "",
    `How a Kubernetes API server behaves, as far as agents and the harness rely on it, is written down as ${total} cases, which the embedded API server and a`,
    "real kube-apiserver are held against alike. A case that a server *denies* is a disagreement: then the embedded one would do what no real one does.",
    "",
    ...lines(
      ["API server", "version", "cases confirmed", "denied", "cannot tell"],
      rows.map(({ server, version, confirmed, denied, open }) => [
        server,
        version,
        `${confirmed}`,
        `${denied.length}`,
        `${open.length}`,
      ]),
    ),
    "",
    ...real.flatMap(({ server, version, open }) => [
      `What ${server} ${version} cannot tell of, and the server that could:`,
      "",
      ...open.map(({ name, needs }) => `- ${name}: ${needs}`),
      "",
    ]),
  ];
}

function lines(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), `|${header.map(() => "---|").join("")}`, ...rows.map(line)];
}
