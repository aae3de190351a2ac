import { defaultAgentLine, parseAgentVersion, type AgentVersion } from "./agent-version.ts";
import { environments } from "./catalog/index.ts";
import { check } from "./check.ts";
import { render } from "./material/render.ts";
import { judgeHost, type HostJudgement } from "./rules/host.ts";
import type { HostFacts } from "./rules/host-facts.ts";
import type { CheckResult, Environment, InputFile, Rendering, ResourceEntry } from "./types.ts";

export { agentLines, describeRange, parseAgentVersion } from "./agent-version.ts";
export { materialText } from "./material/stream.ts";
export type { HostJudgement } from "./rules/host.ts";
export type { FileFact, HostFacts } from "./rules/host-facts.ts";
export type { CheckResult, Environment, Finding, HostProfile, InputFile, Rendering, ResourceEntry } from "./types.ts";

/** The names of all special environments, in the order of the documentation. */
export const environmentNames: readonly string[] = environments.map(({ name }) => name);

/** The environment of a name; undefined where there is none. */
export function findEnvironment(name: string): Environment | undefined {
  return environments.find((environment) => environment.name === name);
}

/** What to apply in an environment, in the words of an agent line or release. Throws RangeError on unknown names. */
export function renderEnvironment(name: string, agent: string = defaultAgentLine): Rendering {
  return render({ environment: known(name), agent: version(agent) });
}

/** Judges files (YAML or JSON) against an environment. Throws RangeError on unknown names, and never because of a file. */
export function checkEnvironment(name: string, files: readonly InputFile[], agent: string = defaultAgentLine): CheckResult {
  return check(known(name), files, version(agent));
}

/** Judges a host against the environment `non-root`. Throws RangeError where the environment is not about a host. */
export function checkHost(name: string, facts: HostFacts): HostJudgement {
  const { host } = known(name);
  if (host === undefined) throw new RangeError(`${name} is not about a host`);
  return judgeHost(facts, host);
}

/** The resource list to hand to an agent where these features are declared, environments or not; empty where the defaults stay. */
export function kubernetesResourcesFor(features: Iterable<string>): readonly ResourceEntry[] {
  return [...new Set(features)].flatMap((feature) => findEnvironment(feature)?.resources ?? []);
}

function known(name: string): Environment {
  const environment = findEnvironment(name);
  if (environment === undefined)
    throw new RangeError(`there is no environment ${name}; there are ${environmentNames.join(", ")}`);
  return environment;
}

function version(text: string): AgentVersion {
  const parsed = parseAgentVersion(text);
  if (parsed === undefined) throw new RangeError(`there is no agent line ${text}`);
  return parsed;
}
