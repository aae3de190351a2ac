"""Tests of what needs no server: python3 -m unittest"""

import json
import unittest
import zlib

import kube
from watcher import Watcher, pack


def pod(uid, version):
    metadata = {"uid": uid, "name": uid, "resourceVersion": version, "generateName": "web-", "managedFields": [{}]}
    return {"metadata": metadata, "spec": {"nodeName": "ü"}}


class Pages:
    """A client that answers one list after another, page by page."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def get(self, path, **query):
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Tests(unittest.TestCase):
    def test_pack_drops_what_misleads_the_server(self):
        text = zlib.decompress(pack(pod("u1", "5"))).decode()
        self.assertEqual(json.loads(text)["metadata"], {"uid": "u1", "name": "u1", "resourceVersion": "5"})
        self.assertIn("ü", text)

    def test_changes_count_contents_and_not_events(self):
        watcher = Watcher(None, "/api/v1/pods", "*v1.Pod")
        watcher._replace([pod("u1", "5")])
        first, items = watcher.snapshot()
        watcher._replace([pod("u1", "5")])
        self.assertEqual(watcher.snapshot(), (first, items))
        watcher._apply("DELETED", pod("u1", "6"))
        self.assertEqual(watcher.snapshot(), (first + 1, {}))

    def test_a_kind_that_is_empty_from_the_start_counts_as_listed(self):
        watcher = Watcher(None, "/api/v1/pods", "*v1.Pod")
        watcher._replace([])
        self.assertTrue(watcher.synced)

    def test_lists_are_read_to_the_last_page_and_begun_again_when_a_token_expired(self):
        page = {"items": [pod("u1", "5")], "metadata": {"resourceVersion": "9", "continue": "t"}}
        last = {"items": [pod("u2", "6")], "metadata": {"resourceVersion": "9"}}
        client = Pages(page, kube.ApiError(410, "expired"), page, last)
        items, version = kube.Client.list(client, "/api/v1/pods")
        self.assertEqual([item["metadata"]["uid"] for item in items], ["u1", "u2"])
        self.assertEqual(version, "9")

    def test_trouble_is_told_when_it_lasts(self):
        watcher = Watcher(None, "/api/v1/pods", "*v1.Pod")
        watcher._ill("refused")
        self.assertEqual(watcher.trouble(60), "")
        self.assertEqual(watcher.trouble(-1), "/api/v1/pods: refused")
        watcher._well()
        self.assertEqual(watcher.trouble(-1), "")


if __name__ == "__main__":
    unittest.main()
