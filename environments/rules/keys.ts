import { FIRST_WITH_NEW_KEYS, usesNewKeys } from "../agent-version.ts";
import { newRootKeys } from "../documents/classify.ts";
import type { Cursor } from "../documents/cursor.ts";
import type { Finding } from "../types.ts";
import { documentsOf, error, warning, type RuleGroup, type Subject } from "./rule.ts";
import { allKeys, misplaced, pathWithin, settingKeys, type SettingKeys } from "./settings.ts";

const SOURCE = "protocol.md 6.1";

/** Keys of the wrong generation, in the wrong place, or misspelt: agents pass over them in silence. */
export const keyRules: RuleGroup = (subject) =>
  documentsOf(subject, "agent-group-config").flatMap(({ root }) => [
    ...(usesNewKeys(subject.agent) ? oldKeys(root, subject) : newKeys(root, subject)),
    ...misplacedKeys(root, subject),
    ...groupId(root, subject),
  ]);

function oldKeys(root: Cursor, { agent }: Subject): Finding[] {
  const known = allKeys.map((keys) => ({ keys, at: root.get(...keys.old) })).filter(({ at }) => at.path !== "" && isThere(at));
  const rest = root.get("static_config");
  const more = isThere(rest) && !known.some(({ keys }) => keys.old[0] === "static_config") ? [{ keys: undefined, at: rest }] : [];
  return [...known, ...more].map(({ keys, at }) =>
    error("key-of-older-agents", at, {
      problem: `${at.path} is a key of agents before ${FIRST_WITH_NEW_KEYS}; ${agent.name} does not read it`,
      consequence: "The setting has no effect: the agent goes on with its default.",
      mend: keys === undefined ? "Move its settings to their new keys below `inputs`." : `Write it as ${keys.new.join(".")}.`,
      source: SOURCE,
    }),
  );
}

function newKeys(root: Cursor, { agent }: Subject): Finding[] {
  return newRootKeys
    .map((key) => root.get(key))
    .filter(isThere)
    .map((at) => {
      const pairs = allKeys.filter((keys) => keys.new[0] === pathWithin(at) && isThere(root.get(...keys.new)));
      return error("key-of-newer-agents", at, {
        problem: `${at.path} is a key of agents from ${FIRST_WITH_NEW_KEYS} on; ${agent.name} does not read it`,
        consequence: "Nothing below it has any effect: the agent goes on with its defaults.",
        mend:
          pairs.length === 0
            ? "Use the flat keys of that agent."
            : pairs.map((keys) => `Write ${keys.new.join(".")} as ${keys.old.join(".")}.`).join(" "),
        source: SOURCE,
      });
    });
}

/** Leaves that no other part of the configuration shares its name with. */
const UNMISTAKABLE: readonly SettingKeys[] = [
  settingKeys.regex,
  settingKeys.mode,
  settingKeys.srcInterfaces,
  settingKeys.resources,
  settingKeys.flavour,
];

function misplacedKeys(root: Cursor, { agent }: Subject): Finding[] {
  const side = usesNewKeys(agent) ? "new" : "old";
  return UNMISTAKABLE.flatMap((meant) =>
    misplaced(root, meant).map((at) =>
      error("key-misplaced", at, {
        problem: `${pathWithin(at)} is not where an agent looks, or not how it spells it`,
        consequence: "Unknown keys are passed over in silence: the setting has no effect.",
        mend: `Write it as ${meant[side].join(".")}.`,
        source: SOURCE,
      }),
    ),
  );
}

function groupId(root: Cursor, { agent, environment }: Subject): Finding[] {
  if (usesNewKeys(agent)) return [];
  const id = root.get("vtap_group_id");
  if (!isThere(id)) {
    return [
      warning("group-id-missing", root, {
        problem: "vtap_group_id is missing",
        consequence: "deepflow-ctl cannot tell which agent group the configuration is for.",
        mend: "Add vtap_group_id with the id that `deepflow-ctl agent-group list` prints.",
        source: environment.source,
      }),
    ];
  }
  return placeholder(id);
}

/** Ids that the documentation or this program writes as a placeholder. */
export function placeholder(at: Cursor): Finding[] {
  if (typeof at.value !== "string" || !/^(g-x+|d-x+|your-.*|<.*>)$/.test(at.value)) return [];
  return [
    warning("placeholder-left", at, {
      problem: `${at.path} still holds the placeholder ${at.value}`,
      consequence: "It names nothing that exists on the server.",
      mend: "Put the real value in.",
      source: "ours",
    }),
  ];
}

function isThere(at: Cursor): boolean {
  return at.kind !== "absent";
}
