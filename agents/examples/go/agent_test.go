package main

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/version"
	"k8s.io/client-go/kubernetes/fake"
)

func inflate(t *testing.T, stream []byte) string {
	t.Helper()
	reader, err := zlib.NewReader(bytes.NewReader(stream))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func pod(name, resourceVersion string) *corev1.Pod {
	return &corev1.Pod{ObjectMeta: metav1.ObjectMeta{
		Name: name, GenerateName: "web-", Namespace: "default", UID: "uid-1", ResourceVersion: resourceVersion,
		ManagedFields: []metav1.ManagedFieldsEntry{{Manager: "kubelet"}},
	}}
}

func TestSnapshotsFollowTheCluster(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	client := fake.NewClientset(pod("web-a", "1"))
	w := &watcher{health: newHealth()}
	w.use(client)
	w.info.Store(&version.Info{GitVersion: "v1.30.4"})
	w.factory.Start(ctx.Done())
	w.factory.WaitForCacheSync(ctx.Done())

	first, changed, err := take(w, nil)
	if err != nil || !changed || len(first.entries) != 2 {
		t.Fatalf("first snapshot: %d entries, changed %t, error %v", len(first.entries), changed, err)
	}
	if name := first.entries[0].GetType(); name != "*version.Info" {
		t.Errorf("first entry is %s", name)
	}
	if name := first.entries[1].GetType(); name != "*v1.Pod" {
		t.Errorf("second entry is %s", name)
	}
	text := inflate(t, first.entries[1].GetCompressedInfo())
	if strings.Contains(text, "managedFields") || strings.Contains(text, "generateName") {
		t.Errorf("not trimmed: %s", text)
	}
	if _, changed, _ := take(w, first); changed {
		t.Error("the same caches count as a change")
	}
	store := w.informers["pods"].GetStore()
	if err := store.Update(pod("web-a", "2")); err != nil {
		t.Fatal(err)
	}
	if _, changed, _ := take(w, first); !changed {
		t.Error("another resourceVersion counts as no change")
	}
	if err := store.Delete(pod("web-a", "2")); err != nil {
		t.Fatal(err)
	}
	if next, changed, _ := take(w, first); !changed || len(next.entries) != 1 {
		t.Error("a deletion counts as no change")
	}
}

func TestTroubleIsToldWhenItLasts(t *testing.T) {
	h := newHealth()
	h.failed("pods", errors.New("refused"))
	if report := h.report(time.Hour); report != "" {
		t.Errorf("told at once: %s", report)
	}
	if report := h.report(0); report != "pods: refused" {
		t.Errorf("told as %q", report)
	}
	h.recovered("pods")
	if report := h.report(0); report != "" {
		t.Errorf("told after recovery: %s", report)
	}
}

func TestTransportIsObserved(t *testing.T) {
	status := http.StatusForbidden
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	defer server.Close()
	h := newHealth()
	client := &http.Client{Transport: h.observe(http.DefaultTransport)}
	get := func(path string) {
		response, err := client.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
	}
	get("/api/v1/pods?limit=500")
	if report := h.report(0); report != "pods: 403 Forbidden" {
		t.Errorf("told as %q", report)
	}
	status = http.StatusOK
	get("/api/v1/pods?limit=500")
	if h.report(0) == "" {
		t.Error("a list alone counts as recovery, though its body may be torn")
	}
	get("/api/v1/pods?watch=true&timeoutSeconds=1")
	if report := h.report(0); report != "" {
		t.Errorf("told after a watch was opened: %s", report)
	}
}
