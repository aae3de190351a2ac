import { iso, type NodeSlot, type World } from "./world.ts";

const FIRST_POD_ADDRESS = 2;
const FIRST_NODE = 0xac_12_00_02; // 172.18.0.2
const SMALL_POD_RANGE = 0x0a_f4_00_00; // 10.244.0.0, up to 10.255.255.255
const LARGE_POD_RANGE = 0x0a_80_00_00; // 10.128.0.0

/** Adds the nodes (one control plane, three from seven nodes on), each with its Lease, and their room for pods. */
export function addNodes(world: World, count: number, pods: number): void {
  const controlPlanes = count >= 7 ? 3 : 1;
  const workers = Math.max(1, count - controlPlanes);
  // Every DaemonSet and static pod counts too, hence the margin.
  const room = Math.ceil(pods / workers) + 24;
  const bits = Math.max(8, Math.ceil(Math.log2(room + FIRST_POD_ADDRESS + 2)));
  const base = count * 2 ** bits <= 12 * 65_536 ? SMALL_POD_RANGE : LARGE_POD_RANGE;
  for (let index = 0; index < count; index++) {
    const controlPlane = index < controlPlanes;
    const name = controlPlane ? `control-plane-${index + 1}` : `worker-${index + 1 - controlPlanes}`;
    addNode(world, { name, controlPlane, address: dotted(FIRST_NODE + index), network: base + index * 2 ** bits, bits, room });
  }
}

interface NodePlan {
  readonly name: string;
  readonly controlPlane: boolean;
  readonly address: string;
  /** First address of its podCIDR, and the bits that vary in it. */
  readonly network: number;
  readonly bits: number;
  readonly room: number;
}

function addNode(world: World, { name, controlPlane, address, network, bits, room }: NodePlan): void {
  const cidr = `${dotted(network)}/${32 - bits}`;
  const created = world.moment(undefined, 3_600_000);
  let next = FIRST_POD_ADDRESS;
  const node = world.add({
    resource: "nodes",
    apiVersion: "v1",
    kind: "Node",
    name,
    created,
    labels: nodeLabels(world, name, controlPlane),
    annotations: {
      "kubeadm.alpha.kubernetes.io/cri-socket": "unix:///run/containerd/containerd.sock",
      "node.alpha.kubernetes.io/ttl": "0",
      "volumes.kubernetes.io/controller-managed-attach-detach": "true",
    },
    manager: "kubelet",
    statusManager: "kubelet",
    body: {
      spec: {
        podCIDR: cidr,
        podCIDRs: [cidr],
        providerID: `kind://docker/cluster/${name}`,
        ...(controlPlane ? { taints: [{ key: controlPlaneRole(world), effect: "NoSchedule" }] } : {}),
      },
      status: nodeStatus(world, name, address, room, created),
    },
  });
  const slot: NodeSlot = {
    name,
    uid: node.metadata.uid ?? "",
    address,
    controlPlane,
    created,
    takeAddress: () => dotted(network + next++),
  };
  world.nodes.push(slot);
  addLease(world, slot);
}

function dotted(address: number): string {
  const bits = address >>> 0;
  return [bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255].join(".");
}

function controlPlaneRole(world: World): string {
  return world.old ? "node-role.kubernetes.io/master" : "node-role.kubernetes.io/control-plane";
}

function nodeLabels(world: World, name: string, controlPlane: boolean): Record<string, string> {
  return {
    "beta.kubernetes.io/arch": "amd64",
    "beta.kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    "topology.kubernetes.io/region": "region-1",
    "topology.kubernetes.io/zone": `zone-${(world.nodes.length % 3) + 1}`,
    ...(controlPlane ? { "node-role.kubernetes.io/control-plane": "" } : {}),
    // 1.20 labels control planes by both names, later releases by the new one alone.
    ...(controlPlane && world.old ? { "node-role.kubernetes.io/master": "" } : {}),
  };
}

function nodeStatus(world: World, name: string, address: string, room: number, created: number): object {
  const cores = world.random.pick([4, 8, 16, 32]);
  const memory = cores * 4 * 1024 * 1024 - world.random.between(1000, 90_000);
  const maxPods = String(room <= 110 ? 110 : room <= 250 ? 250 : 1000);
  const quantities = (reserved: number) => ({
    cpu: String(cores),
    "ephemeral-storage": "103079844Ki",
    "hugepages-1Gi": "0",
    "hugepages-2Mi": "0",
    memory: `${memory - reserved}Ki`,
    pods: maxPods,
  });
  return {
    addresses: [
      { address, type: "InternalIP" },
      { address: name, type: "Hostname" },
    ],
    allocatable: quantities(102_400),
    capacity: quantities(0),
    conditions: nodeConditions(created),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    images: nodeImages(world),
    nodeInfo: nodeInfo(world),
  };
}

function nodeConditions(created: number): readonly object[] {
  const condition = (type: string, status: string, reason: string, message: string) => ({
    lastHeartbeatTime: iso(Date.UTC(2025, 10, 28, 17, 0, 0)),
    lastTransitionTime: iso(created),
    message,
    reason,
    status,
    type,
  });
  return [
    condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
    condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
    condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
  ];
}

function nodeImages(world: World): readonly object[] {
  return ["pause:3.9", "proxy:stable", "network:v0.25.1", "web:1.27.4", "api:2.14.0", "collector:0.98.0"].map((image) => ({
    names: [
      `registry.example.com/library/${image}`,
      `registry.example.com/library/${image.split(":")[0]}@sha256:${world.random.hex(64)}`,
    ],
    sizeBytes: world.random.between(300_000, 250_000_000),
  }));
}

function nodeInfo(world: World): object {
  const { gitVersion } = world.release.versionInfo;
  return {
    architecture: "amd64",
    bootID: world.random.uuid(),
    containerRuntimeVersion: world.old ? "containerd://1.4.12" : "containerd://1.7.18",
    kernelVersion: world.old ? "5.4.0-109-generic" : "6.1.0-25-amd64",
    kubeProxyVersion: gitVersion,
    kubeletVersion: gitVersion,
    machineID: world.random.hex(32),
    operatingSystem: "linux",
    osImage: world.old ? "Ubuntu 20.04.4 LTS" : "Debian GNU/Linux 12 (bookworm)",
    systemUUID: world.random.uuid(),
  };
}

function addLease(world: World, node: NodeSlot): void {
  world.add({
    resource: "leases.coordination.k8s.io",
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    name: node.name,
    namespace: "kube-node-lease",
    created: node.created,
    owner: { apiVersion: "v1", kind: "Node", name: node.name, uid: node.uid },
    manager: "kubelet",
    body: { spec: { holderIdentity: node.name, leaseDurationSeconds: 40, renewTime: "2025-11-28T17:00:00.000000Z" } },
  });
}
