import { exactly } from "./exactly.ts";
import type { Explanation } from "./explanations.ts";

const SAID = "words alone: it only chooses what a verdict that was reached says, or shows as evidence";
const GATED = "never green: the gate runs no check where nothing was accepted, and nothing cannot be looked through";
const SECRETS = "equivalent: only the forms of Secrets have no object, which no agent uploads without being red for it";
const MORE = "never green: more must be in each snapshot then, and what must not is not there";

/** Of checks that look at what is in the snapshots. */
export const ofContents: readonly Explanation[] = [
  ...exactly("checks/change", GATED, ["[]", "undefined", "if (!first) return []"]),
  ...exactly(
    "checks/change",
    "equivalent: a deletion overtakes itself before it is asked of it, and only Secrets have no object",
    [
      'change === "deleted" || object === undefined || mayBeOmitted(life.resource, object)',
      "mayBeOmitted(life.resource, object)",
    ],
    ['change === "deleted" || object === undefined', 'change === "deleted"'],
    ['change === "deleted" || object === undefined', "object === undefined"],
    ['"deleted"', '""', 'if (change === "deleted" || object'],
  ),
  ...exactly(
    "checks/change",
    SECRETS,
    ["before === undefined || after === undefined", "false"],
    ["before === undefined || after === undefined", "before === undefined"],
    ["before === undefined || after === undefined", "after === undefined"],
    ["view === undefined", "false", "return view === undefined ? []"],
    ["view === undefined", "false", "if (view === undefined) return false"],
    ["false", "true", "if (view === undefined) return false"],
  ),
  ...exactly(
    "checks/change",
    "equivalent: past the proxy alone, where no gap of a watch is seen, a snapshot may show what the harness saw later",
    ["upload.call.seq > commit.seq && shows(context, must, upload)", "shows(context, must, upload)"],
  ),
  ...exactly("checks/change", MORE, [
    "mayBeOmitted(life.resource, object) || !oracle.wasUploaded(life)",
    "!oracle.wasUploaded(life)",
  ]),
  ...exactly(
    "checks/change",
    SAID,
    ['"created"', '""', 'change: "created", life'],
    ["0", "1", "upload.call.t - due.commit.t), 0)"],
  ),
  ...exactly(
    "checks/change",
    "equivalent: no snapshot holds what is not there yet, and no field is in all that one of none is in",
    ["!item || !oracle.mayHaveKnown(commit, call)", "!item"],
    ["fields.length === 0", "false", "if (fields.length === 0) return true"],
  ),
  ...exactly(
    "checks/change",
    "equivalent: what showed in time did so after the change, and of all in time the last is looked at",
    ["call.seq > due.commit.seq && call.seq < (life.deleted?.seq ?? Infinity)", "call.seq < (life.deleted?.seq ?? Infinity)"],
  ),
  ...exactly("checks/change", SAID, [
    "judged.find((upload) => upload.snapshot.find(life) !== undefined && !shows(context, due, upload))",
    "judged.findLast((upload) => upload.snapshot.find(life) !== undefined && !shows(context, due, upload))",
  ]),
  ...exactly("checks/presence", SAID, ["0", "1", "let most = 0;\n  for (const upload of oracle.uploads) {\n    const due"]),
  ...exactly(
    "checks/presence",
    "equivalent: each owner that the API gives has a uid and a kind",
    [
      'uid !== undefined && kind !== undefined && owners.some((owner) => textAt(owner, "uid") === uid && textAt(owner, "kind") === kind)',
      'owners.some((owner) => textAt(owner, "uid") === uid && textAt(owner, "kind") === kind)',
    ],
    ["uid !== undefined && kind !== undefined", "uid !== undefined"],
    ["uid !== undefined && kind !== undefined", "kind !== undefined"],
  ),
  ...exactly(
    "checks/presence",
    "never green: an owner that was lost is a failure already, and has no uid",
    [
      '!("lost" in owner) && (life.resource === "replicasets.apps" || supportsOwner(target, owner.kind))',
      '(life.resource === "replicasets.apps" || supportsOwner(target, owner.kind))',
    ],
    ['"lost"', '""', '!("lost" in owner) && (life.resource'],
  ),
  ...exactly(
    "checks/consumer",
    SAID,
    ['""', '"?"', 'inCall(call, text.replace(/\\.$/, ""))'],
    ["1", "2", "context.oracle.uploads.at(-1)"],
  ),
  ...exactly("checks/consumer", "never green: it only makes the words of a pass, and what is said where nothing was looked at", [
    '{ fine: "nothing that the target stumbles over", nothing: NO_OBJECT }',
    "{}",
  ]),
  ...exactly("checks/consumer", "equivalent for verdicts: of three of one identity two neighbours differ as well", [
    "other ?? item",
    "item",
  ]),
  ...exactly(
    "checks/consumer",
    "equivalent: neither nothing nor the empty text is a type",
    ["type ?? []", "type"],
    ['type ?? ""', "type"],
    ['""', '"?"', 'type ?? ""'],
  ),
  ...exactly(
    "checks/consumer",
    "never green: it passes where something was looked at; else it is not testable or not applicable",
    ["target.exclusiveTypes.includes(type)", "undefined", "types.filter((type) => target.exclusiveTypes.includes(type))"],
    ["offered", "true", "nothing: offered"],
  ),
  {
    file: "suites/checks/consumer.ts",
    within: "nodeAndPodThere.run",
    code: /const nodes = oracle\.lives\.filter\([^]*?const pods = oracle\.lives\.filter\([^;]*;/g,
    reason: "a snapshot that need not be looked at is red where it has no such Node or no Pod, and right where it has both",
  },
  ...exactly(
    "checks/consumer",
    "a snapshot that need not be looked at is red where it has no such Node or no Pod, and right where it has both",
    ["!throughoutIt(nodes) || !throughoutIt(pods)", "false"],
    ["!throughoutIt(nodes) || !throughoutIt(pods)", "!throughoutIt(nodes)"],
    ["!throughoutIt(nodes) || !throughoutIt(pods)", "!throughoutIt(pods)"],
  ),
  ...exactly("checks/consumer", "equivalent: nothing but a Node has an address of that type", [
    'resource === "nodes" && internalIpOf(object) !== ""',
    'internalIpOf(object) !== ""',
  ]),
  ...exactly(
    "checks/presence",
    "never green: more is taken for missing; of how many is only said",
    [
      "WITH_PODS.includes(life.resource) && oracle.existedThroughout(life, upload) && hasPods(oracle, life, upload)",
      "WITH_PODS.includes(life.resource) && oracle.existedThroughout(life, upload)",
    ],
    ["WITH_PODS.includes(life.resource) && oracle.existedThroughout(life, upload)", "WITH_PODS.includes(life.resource)"],
  ),
  ...exactly("checks/deletion", "equivalent: what is there and undefined is read like what is absent", [
    "clean === undefined",
    "false",
    "...(clean === undefined",
  ]),
  ...exactly(
    "checks/deletion",
    "equivalent: what the last snapshot in time is without, a first one is without",
    ["clean && settled", "settled"],
    ["clean && clean.call.seq > commit.seq", "clean.call.seq > commit.seq"],
  ),
  ...exactly("checks/deletion", SAID, [
    "done.find(({ commit, clean }) => clean && clean.call.seq > commit.seq)",
    "done.findLast(({ commit, clean }) => clean && clean.call.seq > commit.seq)",
  ]),
  ...exactly(
    "checks/cluster-role",
    "never green: an error_msg counts though it was set at first alone, or nothing was refused",
    ["call.seq > first.seq && call.errorMsg", "call.errorMsg"],
    ["call.seq > first.seq", "call.seq >= first.seq"],
    ["refused.length === 0", "false", "const frozenCases = refused.length === 0"],
  ),
  ...exactly("checks/cluster-role", "equivalent: of nothing that was refused nothing is missing", [
    "refused.length === 0",
    "false",
    "if (refused.length === 0) return []",
  ]),
  ...exactly("checks/envelope", "never green: nothing is no IP address either", ["sourceIp === undefined", "false"]),
  { file: "suites/checks/envelope.ts", within: "clusterIdStays.run.before", reason: SAID },
  ...exactly("checks/identity", "equivalent: no server reads version.Info from a resource, nor anything without a name", [
    "type === VERSION_INFO_TYPE",
    "false",
  ]),
  ...exactly("checks/identity", "never green: what the cluster does not know is taken for something else as well", [
    "false",
    "true",
    "if (!life) return false",
  ]),
  ...exactly(
    "checks/identity",
    "equivalent: what is there where it is asked; the other side stands for the types",
    ['life?.resource ?? ""', "life?.resource"],
    ['item.life?.resource ?? ""', "item.life?.resource"],
    ['""', '"?"', 'typeNamesFor(target, life?.resource ?? "")'],
    ['""', '"?"', 'typeNamesFor(target, item.life?.resource ?? "")'],
  ),
  ...exactly(
    "checks/identity",
    "equivalent: nothing without a resource is read",
    ["resource !== undefined && typeNamesFor(target, resource).length > 0", "typeNamesFor(target, resource).length > 0"],
    ["item.resource !== undefined && isNamespaced(item.resource)", "isNamespaced(item.resource)"],
  ),
  ...exactly("checks/identity", SAID, ["item.life", "false", "${item.life ?"], ['""', '"?"', 'lifeText(item.life)}` : ""}`)']),
  ...exactly(
    "checks/environments",
    "never green: more must show in time, and what is not there throws",
    ["!created || !first || created.seq < first.seq", "created.seq < first.seq"],
    ["!created || !first", "!first"],
  ),
  ...exactly(
    "checks/environments",
    "equivalent: no snapshot holds what is not there yet, and nothing is none of the pods",
    ["call.seq > created.seq && snapshot.find(life)", "snapshot.find(life)"],
    ["item.life && pods.has(item.life)", "pods.has(item.life)"],
  ),
  ...exactly(
    "checks/environments",
    "never green: where an owner was lost it is a failure, and how many were kept is only said",
    ['readings.filter((owner) => !("lost" in owner))', "readings"],
    ['"lost"', '""', 'readings.filter((owner) => !("lost" in owner))'],
  ),
  ...exactly("checks/environments", SAID, ["1", "2", "oracle.uploads.at(-1)"]),
];
