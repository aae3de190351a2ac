"""An example pseudo-agent: watches a Kubernetes cluster and uploads what it sees by KubernetesAPISync."""

import hashlib
import json
import logging
import os
import signal
import socket
import sys
import threading
import time
import zlib

import grpc

import agent_pb2 as pb
import kube
from watcher import Watcher

KINDS = {
    "/api/v1/namespaces": "*v1.Namespace",
    "/api/v1/nodes": "*v1.Node",
    "/api/v1/pods": "*v1.Pod",
    "/api/v1/replicationcontrollers": "*v1.ReplicationController",
    "/api/v1/services": "*v1.Service",
    "/api/v1/configmaps": "*v1.ConfigMap",
    "/apis/apps/v1/deployments": "*v1.Deployment",
    "/apis/apps/v1/statefulsets": "*v1.StatefulSet",
    "/apis/apps/v1/daemonsets": "*v1.DaemonSet",
    "/apis/apps/v1/replicasets": "*v1.ReplicaSet",
    "/apis/networking.k8s.io/v1/ingresses": "*v1.Ingress",
}
# The name of the service changed with v6.6.8, what is on the wire did not.
SERVICES = ["agent.Synchronizer", "trident.Synchronizer"]
# After this a call that the server never answers counts as failed.
CALL_SECONDS = float(os.environ.get("DEEPFLOW_CALL_TIMEOUT_MS") or 10_000) / 1000

log = logging.getLogger("agent")


class Server:
    """deepflow-server, as far as a pseudo-agent needs it."""

    def __init__(self, address, cluster_id, agent_id):
        self.cluster_id, self.agent_id = cluster_id, agent_id
        self.source_ip = source_ip(address)
        self.service = 0
        self.channel = grpc.insecure_channel(
            address,
            options=[
                ("grpc.enable_http_proxy", 0),
                ("grpc.max_send_message_length", -1),
                # By default a lost connection is tried again after up to two minutes.
                ("grpc.initial_reconnect_backoff_ms", 500),
                ("grpc.max_reconnect_backoff_ms", 3000),
            ],
        )

    def call(self, method, request, answer):
        """Calls a method, under the other service name where the server does not know the first."""
        for attempt in range(len(SERVICES)):
            invoke = self.channel.unary_unary(
                f"/{SERVICES[self.service]}/{method}",
                request_serializer=lambda message: message.SerializeToString(),
                response_deserializer=answer.FromString,
            )
            try:
                return invoke(request, timeout=CALL_SECONDS)
            except grpc.RpcError as error:
                if error.code() != grpc.StatusCode.UNIMPLEMENTED or attempt == len(SERVICES) - 1:
                    raise
                self.service = (self.service + 1) % len(SERVICES)

    def sync(self, version, entries, trouble):
        """Sends a version, with or without entries. The version that the server answers; 0 if it names none."""
        request = pb.KubernetesAPISyncRequest(
            cluster_id=self.cluster_id,
            version=version,
            error_msg=trouble,
            agent_id=self.agent_id,
            source_ip=self.source_ip,
            entries=entries,
        )
        return self.call("KubernetesAPISync", request, pb.KubernetesAPISyncResponse).version

    def learn_cluster_id(self, ca):
        """Asks for the id that belongs to the CA of the cluster."""
        request = pb.KubernetesClusterIDRequest(ca_md5=hashlib.md5(ca).hexdigest())
        response = self.call("GetKubernetesClusterID", request, pb.KubernetesClusterIDResponse)
        if response.error_msg or not response.cluster_id:
            raise ValueError(f"the server gave no cluster id: {response.error_msg}")
        self.cluster_id = response.cluster_id


def source_ip(address):
    """The address that this machine reaches the server from; nothing is sent to find it out."""
    host, _, port = address.rpartition(":")
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_DGRAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.connect(target)
            return probe.getsockname()[0]
    except OSError:
        return "127.0.0.1"


class Agent:
    """The sync loop."""

    def __init__(self, client, server, interval):
        self.client, self.server, self.interval = client, server, interval
        self.watchers = [Watcher(client, path, name) for path, name in KINDS.items()]
        # Milliseconds, and not the seconds of deepflow's own agent: an agent that starts again
        # within the second must not give a version to other content.
        self.version = time.time_ns() // 1_000_000
        # The version that the server is known to hold with all its entries; 0 if none.
        self.acknowledged = 0
        self.info = None
        self.counts, self.entries = None, []

    def run(self):
        threading.Thread(target=self._read_version, daemon=True).start()
        for watcher in self.watchers:
            watcher.start()
        started = time.monotonic()
        # The first snapshot goes out as soon as all is listed, the rest by the interval.
        while not self.synced() and time.monotonic() - started < self.patience():
            time.sleep(0.05)
        while True:
            begun = time.monotonic()
            try:
                self.tick()
            except grpc.RpcError as error:
                self.acknowledged = 0
                log.warning("sync failed: %s", error)
            except ValueError as error:
                log.warning("%s", error)
            time.sleep(max(0.0, begun + self.interval - time.monotonic()))

    def patience(self):
        """How long trouble may last before the server hears of it: it keeps old data while an error is reported."""
        return max(3.0, 2 * self.interval)

    def synced(self):
        return self.info is not None and all(watcher.synced for watcher in self.watchers)

    def tick(self):
        if not self.server.cluster_id:
            self.server.learn_cluster_id(self.client.ca)
        trouble = "; ".join(filter(None, (watcher.trouble(self.patience()) for watcher in self.watchers)))
        if not self.synced():
            # Half a cluster would look like deletions: nothing but the error is sent.
            if trouble:
                self.server.sync(self.version, [], trouble)
            return
        self.refresh()
        if self.server.agent_id and self.acknowledged == self.version and not trouble:
            if self.server.sync(self.version, [], "") == self.version:
                return
            self.acknowledged = 0
        held = self.server.sync(self.version, self.entries, trouble)
        self.acknowledged = self.version if held == self.version else 0
        log.info("version %d with %d entries %s", self.version, len(self.entries), trouble)

    def refresh(self):
        """Takes a new snapshot where anything changed, under a new version."""
        taken = [watcher.snapshot() for watcher in self.watchers]
        counts = [count for count, _ in taken]
        if counts == self.counts:
            return
        if self.counts is not None:
            self.version += 1
        self.counts = counts
        self.entries = [pb.KubernetesAPIInfo(type="*version.Info", compressed_info=self.info)]
        for watcher, (_, items) in zip(self.watchers, taken):
            for _, packed in items.values():
                self.entries.append(pb.KubernetesAPIInfo(type=watcher.type_name, compressed_info=packed))

    def _read_version(self):
        while self.info is None:
            try:
                self.info = zlib.compress(json.dumps(self.client.get("/version")).encode())
            except Exception as error:  # whatever it is, the next try may fare better
                log.warning("no /version yet: %r", error)
                time.sleep(1)


def main():
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    environment = os.environ
    if ":" not in environment.get("DEEPFLOW_SERVER", ""):
        sys.exit("DEEPFLOW_SERVER is not set, want host:port")
    server = Server(
        environment["DEEPFLOW_SERVER"],
        environment.get("DEEPFLOW_CLUSTER_ID", ""),
        int(environment.get("DEEPFLOW_AGENT_ID") or 0),
    )
    interval = int(environment.get("DEEPFLOW_SYNC_INTERVAL_MS") or 10_000) / 1000
    agent = Agent(kube.from_environment(), server, interval)
    for number in (signal.SIGTERM, signal.SIGINT):
        # At once, whatever the threads are at: nothing here needs to be put away.
        signal.signal(number, lambda *_: os._exit(0))
    agent.run()


if __name__ == "__main__":
    main()
