import type { ClassifiedDocument } from "../documents/classify.ts";
import type { Cursor } from "../documents/cursor.ts";
import type { Finding } from "../types.ts";
import { placeholder } from "./keys.ts";
import { documentsOf, error, warning, type RuleGroup, type Subject } from "./rule.ts";

/** How agents are deployed and how they find their group and cluster: Helm values and deepflow-agent.yaml. */
export const deploymentRules: RuleGroup = (subject) => [
  ...documentsOf(subject, "helm-values").flatMap(({ root }) => judgeValues(root, subject)),
  ...documentsOf(subject, "agent-config").flatMap((document) => judgeLocal(document, subject)),
];

function judgeValues(root: Cursor, { environment }: Subject): Finding[] {
  const { watch } = environment;
  if (watch?.watcher !== "deployment") return [];
  const list = root.get("deployComponent");
  const components = list.kind === "list" ? list.items() : [list];
  const daemonset = components.find(({ value }) => value === "daemonset");
  const name = root.get("clusterNAME");
  return [
    ...(components.some(({ value }) => value === "watcher") && list.kind === "list"
      ? []
      : [noWatcher(list.kind === "absent" ? root : list)]),
    ...(watch.others === "processes" && daemonset !== undefined ? [withDaemonSet(daemonset)] : []),
    ...(name.value === undefined || name.value === "" ? [unnamed(root)] : placeholder(name)),
  ];
}

function noWatcher(at: Cursor): Finding {
  return error("component-missing", at, {
    problem: "deployComponent is not a list that holds watcher",
    consequence: "The chart deploys its DaemonSet and no watcher.",
    mend: 'Write deployComponent: ["watcher"].',
    source: "special environments 3.1.1",
  });
}

function withDaemonSet(at: Cursor): Finding {
  return error("component-daemonset", at, {
    problem: "deployComponent holds daemonset",
    consequence: "The environment grants no right to run DaemonSets: the installation fails, or capture is done twice.",
    mend: "Leave watcher alone in the list; run the capturing agents as processes.",
    source: "special environments 3.1.1",
  });
}

function unnamed(at: Cursor): Finding {
  return warning("cluster-name-missing", at, {
    problem: "clusterNAME is missing",
    consequence: "The server names the domain after the cluster id, k8s-d-…, which nobody will recognise.",
    mend: "Add clusterNAME.",
    source: "special environments 3.1.1, protocol.md 5.5",
  });
}

function judgeLocal({ root, wrapped }: ClassifiedDocument, { environment }: Subject): Finding[] {
  const group = root.get("vtap-group-id-request");
  const cluster = root.get("kubernetes-cluster-id");
  const isEmpty = (at: Cursor) => at.value === undefined || at.value === null || at.value === "";
  const findings: Finding[] = [];
  if (environment.capture?.ownGroup === true) {
    if (isEmpty(group)) findings.push(noGroup(group.kind === "absent" ? root : group));
    else findings.push(...placeholder(group));
  }
  // In a container the agent asks the server for the id; a process has to be told.
  if (environment.watch?.others === "processes" && !wrapped) {
    if (isEmpty(cluster)) findings.push(noCluster(cluster.kind === "absent" ? root : cluster));
    else findings.push(...placeholder(cluster));
  }
  return findings;
}

function noGroup(at: Cursor): Finding {
  return error("group-request-missing", at, {
    problem: "vtap-group-id-request is missing",
    consequence: "Agents register in the default group and never see the group's configuration.",
    mend: "Add vtap-group-id-request with the group's id, then delete the agents from the server so that they register anew.",
    source: "special environments 1.1",
  });
}

function noCluster(at: Cursor): Finding {
  return error("cluster-id-missing", at, {
    problem: "kubernetes-cluster-id is missing",
    consequence: "An agent outside a container has no other way to know its cluster: the server takes it for an ordinary host.",
    mend: "Add the id that `deepflow-ctl domain list` prints for the cluster.",
    source: "special environments 3.1.2, protocol.md 5.5",
  });
}
