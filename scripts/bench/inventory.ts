import { generateCluster } from "../../cluster/index.ts";
import { defaultTarget, findTarget, takeInventory, typeNamesFor, VERSION_INFO_TYPE } from "../../server-mock/contract/index.ts";
import { inTurn, type Ratio, timed } from "./measure.ts";

const ROUNDS = 3;
const PODS = 50_000;

/** What a target makes of a large snapshot, against parsing the same JSON, and how it grows with the cluster. */
export async function inventories(): Promise<Ratio[]> {
  const target = findTarget(defaultTarget);
  if (target === undefined) throw new Error(`the default target ${defaultTarget} is not there`);
  const snapshotOf = (pods: number) => {
    const read = generateCluster({ seed: 1, pods, nodes: Math.ceil(pods / 100) }).flatMap(({ resource, object }) => {
      const [type] = typeNamesFor(target, resource);
      return type === undefined ? [] : [{ type, objects: [object], shape: "object" as const, findings: [] }];
    });
    const version = { type: VERSION_INFO_TYPE, objects: [{ gitVersion: "v1.30.4" }], shape: "object" as const, findings: [] };
    return { entries: [version, ...read] };
  };
  const [large, small] = [snapshotOf(PODS), snapshotOf(PODS / 10)];
  const texts = large.entries.map(({ objects }) => JSON.stringify(objects[0]));
  const kept = takeInventory(large, target);
  if (kept.outcome !== "kept") throw new Error(`the generated cluster is ${kept.outcome}: ${kept.reason}`);

  const take = (snapshot: typeof large) => () => timed(() => void takeInventory(snapshot, target));
  const parse = () => timed(() => texts.forEach((text) => JSON.parse(text)));
  const [taken, parsed] = await inTurn(ROUNDS, take(large), parse);
  const [whole, tenth] = await inTurn(ROUNDS, take(large), take(small));
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  return [
    {
      name: `inventory of ${PODS} pods and what belongs to them against JSON.parse of the same`,
      ratio: taken / parsed,
      goal: { atMost: 1 },
      detail: `${ms(taken)} to ${ms(parsed)} for ${large.entries.length} objects, ${kept.counts.pods} pods kept`,
    },
    {
      name: `inventory of ${PODS} pods against ${PODS / 10}`,
      ratio: whole / tenth,
      goal: { atMost: 11 },
      detail: `${ms(whole)} to ${ms(tenth)}`,
    },
  ];
}
