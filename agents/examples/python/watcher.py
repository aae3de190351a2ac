"""Keeps the objects of one kind: lists them once, then follows the watch."""

import json
import random
import threading
import time
import zlib

import kube

# Seconds between two tries, doubled from one to the next.
FIRST_WAIT, LONGEST_WAIT = 0.3, 8.0
# A watch that ended sooner is no success.
SHORT_WATCH = 1.0


def pack(item):
    """An object as it is uploaded: JSON in a zlib stream, without what the server has no use for or is misled by."""
    metadata = {key: value for key, value in item["metadata"].items() if key not in ("managedFields", "generateName")}
    text = json.dumps({**item, "metadata": metadata}, separators=(",", ":"), ensure_ascii=False)
    return zlib.compress(text.encode())


class Watcher:
    """One kind. `items` maps uid to (resourceVersion, packed object) and changes under `lock`, as a whole or by one event."""

    def __init__(self, client, path, type_name):
        self.client, self.path, self.type_name = client, path, type_name
        self.lock = threading.Lock()
        self.items = {}
        self.synced = False
        # Grows whenever the content changes.
        self.changes = 0
        self._failing_since = None
        self._problem = ""

    def start(self):
        threading.Thread(target=self._run, name=self.type_name, daemon=True).start()

    def snapshot(self):
        """The count of changes and the items, of one moment."""
        with self.lock:
            return self.changes, dict(self.items)

    def trouble(self, patience):
        """What has been going wrong for longer than `patience` seconds; "" if nothing has."""
        with self.lock:
            since = self._failing_since
            lasting = since is not None and time.monotonic() - since > patience
            return f"{self.path}: {self._problem}" if lasting else ""

    def _run(self):
        version, wait = None, FIRST_WAIT
        while True:
            opened = None
            retry_after = None
            try:
                if version is None:
                    items, version = self.client.list(self.path)
                    self._replace(items)
                events = self.client.watch(self.path, version)
                self._well()
                opened = time.monotonic()
                for kind, item in events:
                    version = item["metadata"]["resourceVersion"]
                    if kind != "BOOKMARK":
                        self._apply(kind, item)
            except kube.ApiError as error:
                if error.code == 410:
                    # What we watched from is forgotten: list again.
                    version = None
                else:
                    self._ill(str(error))
                retry_after = error.retry_after
            except Exception as error:  # a thread that died of it would be silence for ever
                self._ill(repr(error))
            if opened is not None and time.monotonic() - opened > SHORT_WATCH:
                wait = FIRST_WAIT
            else:
                time.sleep(retry_after if retry_after is not None else wait * random.uniform(0.8, 1.2))
                wait = min(wait * 2, LONGEST_WAIT)

    def _replace(self, items):
        packed = {}
        for item in items:
            uid, version = item["metadata"]["uid"], item["metadata"]["resourceVersion"]
            known = self.items.get(uid)
            packed[uid] = known if known and known[0] == version else (version, pack(item))
        with self.lock:
            if packed != self.items or not self.synced:
                self.changes += 1
            self.items, self.synced = packed, True

    def _apply(self, kind, item):
        uid, version = item["metadata"]["uid"], item["metadata"]["resourceVersion"]
        packed = None if kind == "DELETED" else (version, pack(item))
        with self.lock:
            if packed is None:
                self.items.pop(uid, None)
            else:
                self.items[uid] = packed
            self.changes += 1

    def _well(self):
        with self.lock:
            self._failing_since = None

    def _ill(self, problem):
        with self.lock:
            self._problem = problem
            if self._failing_since is None:
                self._failing_since = time.monotonic()
