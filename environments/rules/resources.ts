import { describeRange, isWithin } from "../agent-version.ts";
import type { Cursor } from "../documents/cursor.ts";
import { entriesIn, entryName, type PlacedEntry } from "../resources/entries.ts";
import { homesFor, isDefault, isDefaultHome, resolveResources } from "../resources/resolve.ts";
import { findResource, RESOURCE_LIST, supportedResources, type SupportedResource } from "../resources/supported.ts";
import type { Finding, ResourceEntry } from "../types.ts";
import { judgeEntry, judgeListShape } from "./resource-entry.ts";
import { documentsOf, error, warning, type RuleGroup, type Subject } from "./rule.ts";
import { keyFor, settingIn } from "./settings.ts";

const SOURCE = "protocol.md 6.3";

/** The resource list: what its entries switch on, and what they take away. */
export const resourceRules: RuleGroup = (subject) =>
  documentsOf(subject, "agent-group-config").flatMap(({ root }) => judge(root, subject));

function judge(root: Cursor, subject: Subject): Finding[] {
  const { agent } = subject;
  const list = settingIn(root, "resources", agent);
  if (!isWithin(agent, RESOURCE_LIST)) return [...tooNewList(list, subject), ...oldFlavour(root, subject)];
  const entries = entriesIn(list);
  return [
    ...judgeListShape(list),
    ...entries.flatMap((entry) => judgeEntry(entry, agent)),
    ...lostDefaults(entries, subject),
    ...expectedResources(root, list, entries, subject),
    ...deprecatedFlavour(root, subject),
  ];
}

function tooNewList(list: Cursor, { agent }: Subject): Finding[] {
  if (list.kind === "absent") return [];
  return [
    error("resource-list-too-new", list, {
      problem: `${list.path} is read by ${describeRange(RESOURCE_LIST)}; ${agent.name} does not know it`,
      consequence: "The agent goes on with its fixed list of resources.",
      mend: `Upgrade the agents; for OpenShift Routes alone, ${keyFor("flavour", agent)}: openshift does it.`,
      source: "protocol.md 6.1",
    }),
  ];
}

/** Before the list, OpenShift was a flavour of Ingress. */
function oldFlavour(root: Cursor, { agent, environment }: Subject): Finding[] {
  const wantsRoutes = environment.resources?.some(({ name }) => name === "routes") === true;
  const flavour = settingIn(root, "flavour", agent);
  if (!wantsRoutes || flavour.value === "openshift") return [];
  return [
    error("ingress-flavour-missing", flavour.kind === "absent" ? root : flavour, {
      problem: `${keyFor("flavour", agent)} is not openshift`,
      consequence: "Ingresses are uploaded and Routes are not.",
      mend: `Set ${keyFor("flavour", agent)} to openshift.`,
      source: "protocol.md 6.1",
    }),
  ];
}

function deprecatedFlavour(root: Cursor, { agent }: Subject): Finding[] {
  const flavour = settingIn(root, "flavour", agent);
  if (flavour.kind === "absent") return [];
  return [
    warning("ingress-flavour-deprecated", flavour, {
      problem: `${flavour.path} is deprecated for ${describeRange(RESOURCE_LIST)}`,
      consequence: "A later agent may not read it any more, and the resource list says the same.",
      mend: `Use ${keyFor("resources", agent)}: disable ingresses, add routes.`,
      source: "protocol.md 6.1",
    }),
  ];
}

/** Defaults that are on no longer: by entries that replace them, or by entries that disable them. */
function lostDefaults(entries: readonly PlacedEntry[], { agent, environment }: Subject): Finding[] {
  const watched = resolveResources(
    entries.map(({ entry }) => entry),
    agent,
  );
  return supportedResources.flatMap((resource) => {
    const own = entries.filter(({ entry }) => entry.name === resource.name);
    const group = resource.homes[0]?.group ?? "";
    const kept = watched.some(({ name, groups }) => name === resource.name && groups.includes(group));
    const meant = environment.resources?.some((entry) => entry.name === resource.name && entry.disabled === true) === true;
    // An entry that the agent cannot use is blamed by its own rule.
    const usable = own.every(({ entry }) => entry.disabled === true || homesFor(entry, agent).length > 0);
    if (own.length === 0 || !isDefault(resource, agent) || kept || meant || !usable) return [];
    const enabled = own.find(({ entry }) => entry.disabled !== true);
    if (enabled !== undefined) return movedWithin(resource, enabled.entry) ? [] : [replaced(resource, enabled)];
    return own.slice(0, 1).flatMap((first) => disabled(resource, first));
  });
}

/** Ingresses in their older group are still the ingresses. */
function movedWithin(resource: SupportedResource, entry: ResourceEntry): boolean {
  return resource.name === "ingresses" && resource.homes.some(({ group }) => group === entry.group);
}

function replaced(resource: SupportedResource, { entry, at }: PlacedEntry): Finding {
  const group = resource.homes[0]?.group ?? "";
  return error("default-replaced", at, {
    problem: `${entryName(entry)} replaces the default of its name, ${group === "" ? "that of the core group" : `${resource.name}.${group}`}`,
    consequence: `It is no longer uploaded: ${resource.loss}.`,
    mend: `Add an entry with name: ${resource.name} and group: ${group}.`,
    source: `${SOURCE} rule 2`,
  });
}

function disabled(resource: SupportedResource, { entry, at }: PlacedEntry): Finding[] {
  // Who switches off ConfigMaps does what an older ClusterRole asks for.
  if (resource.name === "configmaps") return [];
  const words = {
    problem: entry.group
      ? `disabling ${entryName(entry)} takes away the default of its name, whatever its group`
      : `${resource.name} is disabled`,
    consequence: `${upper(resource.loss)}.`,
    mend: "Remove the entry.",
    source: `${SOURCE} rule 1`,
  };
  return [resource.need === "required" ? error("default-disabled", at, words) : warning("default-disabled", at, words)];
}

/** What the environment wants on and off. */
function expectedResources(root: Cursor, list: Cursor, entries: readonly PlacedEntry[], subject: Subject): Finding[] {
  const { agent, environment } = subject;
  const place = list.kind === "absent" ? root : list;
  const watched = resolveResources(
    entries.map(({ entry }) => entry),
    agent,
  );
  return (environment.resources ?? []).flatMap((wanted) => {
    const groups = homesFor(wanted, agent).map(({ group }) => group);
    const isOn = watched.some(({ name, groups: on }) => name === wanted.name && groups.some((group) => on.includes(group)));
    if (wanted.disabled === true) return isOn ? [leftOn(wanted, entries, place, subject)] : [];
    const blamed = entries.some(
      ({ entry }) => entry.name === wanted.name && entry.disabled !== true && homesFor(entry, agent).length === 0,
    );
    // Its loss is told by the entry that replaced it.
    if (isOn || blamed || isDefaultHome(wanted)) return [];
    return [
      error("resource-missing", place, {
        problem: `${entryName(wanted)} is not in ${keyFor("resources", agent)}`,
        consequence: `${environment.title}: ${findResource(wanted.name)?.loss ?? ""}.`,
        mend: `Add an entry with name: ${wanted.name}${wanted.group ? ` and group: ${wanted.group}` : ""}.`,
        source: environment.source,
      }),
    ];
  });
}

function leftOn(wanted: ResourceEntry, entries: readonly PlacedEntry[], place: Cursor, { environment }: Subject): Finding {
  return error("resource-not-disabled", entries.find(({ entry }) => entry.name === wanted.name)?.at ?? place, {
    problem: `${wanted.name} stays on beside what replaces it`,
    consequence: "Two flavours of one kind go up under one type name, and the server takes one of them for the other.",
    mend: `Add an entry with name: ${wanted.name} and disabled: true.`,
    source: environment.source,
  });
}

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
