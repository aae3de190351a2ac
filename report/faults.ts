import { type FaultResult, type Results, scenarioOf } from "../suites/results.ts";

/** What became of the user's faults, and which of the stories' never fired; a line for each and its scenarios. */
export function faultTexts({ faults }: Results): readonly string[] {
  const told = faults.filter(({ given, fired }) => given === true || !fired);
  const groups = new Map<string, FaultResult[]>();
  for (const fault of told) {
    const key = `${fault.scripted} ${scenarioOf(fault.scenario ?? "")} ${fault.fired}`;
    groups.set(key, [...(groups.get(key) ?? []), fault]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { scripted, scenario = "", fired } = first;
    const hits = group.reduce((sum, fault) => sum + (fault.hits ?? 0), 0);
    const tellings = group.length === 1 ? "" : ` (${group.length} times told)`;
    const where = scenario === "" ? "" : ` in ${scenarioOf(scenario)}${tellings}`;
    const became = fired
      ? `hit ${hits === 1 ? "once" : `${hits} times`}`
      : "never fired, so that what it was for could not be tested";
    return `${scripted}${where}: ${became}`;
  });
}
