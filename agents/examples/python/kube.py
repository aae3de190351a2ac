"""A small client of the Kubernetes API on the standard library: lists in pages, and watches."""

import base64
import http.client
import json
import os
import ssl
import tempfile
import urllib.parse

import yaml

LIST_SECONDS = 20
# The server ends a watch after this long; a connection that is silent for longer than both is dead.
WATCH_SECONDS = 20
DEAD_SECONDS = 30
PAGE = 500
IN_CLUSTER = "/var/run/secrets/kubernetes.io/serviceaccount"


class ApiError(Exception):
    """An answer that is no success. `retry_after` is the server's wish in seconds, if it has one."""

    def __init__(self, code, message, retry_after=None):
        super().__init__(f"{code} {message}")
        self.code = code
        self.retry_after = retry_after


class Client:
    """Connection data of one API server. Safe to use from several threads: every request has its own connection."""

    def __init__(self, url, ca, token=None, certificate=None, key=None):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port, self.ca, self.token = parts.hostname, parts.port or 443, ca, token
        self.tls = ssl.create_default_context(cadata=ca.decode() if ca else None)
        if certificate:
            with tempfile.NamedTemporaryFile() as pair:
                pair.write(certificate + b"\n" + key)
                pair.flush()
                self.tls.load_cert_chain(pair.name)

    def get(self, path, **query):
        """Body of a GET as JSON."""
        connection, response = self._open(path, query, LIST_SECONDS)
        try:
            return json.load(response)
        finally:
            connection.close()

    def list(self, path):
        """All items, page by page, and the resourceVersion to watch from. A 410 in between starts again."""
        while True:
            try:
                items, token = [], ""
                while True:
                    page = self.get(path, limit=PAGE, **({"continue": token} if token else {}))
                    items += page.get("items") or []
                    token = page["metadata"].get("continue")
                    if not token:
                        return items, page["metadata"]["resourceVersion"]
            except ApiError as error:
                if error.code != 410 or not token:
                    raise

    def watch(self, path, version):
        """Opens a watch; what is returned yields events until the server ends it. Raises on ERROR events."""
        query = {"watch": "true", "allowWatchBookmarks": "true", "resourceVersion": version, "timeoutSeconds": WATCH_SECONDS}
        connection, response = self._open(path, query, DEAD_SECONDS)

        def events():
            try:
                for line in response:
                    event = json.loads(line)
                    if event["type"] == "ERROR":
                        status = event["object"]
                        raise ApiError(status.get("code", 500), status.get("message", "watch failed"))
                    yield event["type"], event["object"]
            finally:
                connection.close()

        return events()

    def _open(self, path, query, timeout):
        connection = http.client.HTTPSConnection(self.host, self.port, timeout=timeout, context=self.tls)
        try:
            headers = {"Accept": "application/json", "User-Agent": "example-pseudo-agent-python"}
            if self.token:
                headers["Authorization"] = "Bearer " + self.token
            connection.request("GET", path + "?" + urllib.parse.urlencode(query), headers=headers)
            response = connection.getresponse()
            if response.status >= 400:
                wait = response.getheader("Retry-After")
                seconds = int(wait) if wait and wait.isdigit() else None
                raise ApiError(response.status, response.read(2000).decode(errors="replace").strip(), seconds)
            return connection, response
        except BaseException:
            connection.close()
            raise


def from_environment():
    """The client that KUBECONFIG describes; without it, the one of the pod we run in."""
    path = os.environ.get("KUBECONFIG")
    return _from_kubeconfig(path) if path else _in_cluster()


def _in_cluster():
    url = f"https://{os.environ['KUBERNETES_SERVICE_HOST']}:{os.environ.get('KUBERNETES_SERVICE_PORT', '443')}"
    return Client(url, _read(IN_CLUSTER, "ca.crt"), _read(IN_CLUSTER, "token").decode().strip())


def _from_kubeconfig(path):
    with open(path, encoding="utf-8") as file:
        config = yaml.safe_load(file)
    folder = os.path.dirname(os.path.abspath(path))

    def named(section, entry, name):
        return next(item[entry] for item in config[section] if item["name"] == name)

    def material(source, key):
        if source.get(key + "-data"):
            return base64.b64decode(source[key + "-data"])
        return _read(folder, source[key]) if source.get(key) else None

    context = named("contexts", "context", config["current-context"])
    cluster = named("clusters", "cluster", context["cluster"])
    user = named("users", "user", context["user"])
    token = user.get("token") or (_read(folder, user["tokenFile"]).decode().strip() if user.get("tokenFile") else None)
    return Client(
        cluster["server"],
        material(cluster, "certificate-authority"),
        token,
        material(user, "client-certificate"),
        material(user, "client-key"),
    )


def _read(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()
