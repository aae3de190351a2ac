package main

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"time"

	"google.golang.org/protobuf/proto"
	"k8s.io/apimachinery/pkg/api/meta"

	"example.com/pseudo-agent/agentpb"
)

// snapshot is the whole state of the cluster, ready to be sent.
type snapshot struct {
	entries []*agentpb.KubernetesAPIInfo
	packed  map[string]packed
}

// packed is one object as it is uploaded. Two of one uid and resourceVersion are the same.
type packed struct {
	resourceVersion string
	entry           *agentpb.KubernetesAPIInfo
}

// take makes a snapshot of the caches and says whether it differs from the one before.
func take(w *watcher, before *snapshot) (*snapshot, bool, error) {
	next := &snapshot{packed: map[string]packed{}}
	changed := before == nil
	for _, informer := range w.informers {
		for _, object := range informer.GetStore().List() {
			accessor, err := meta.Accessor(object)
			if err != nil {
				return nil, false, err
			}
			uid, version := string(accessor.GetUID()), accessor.GetResourceVersion()
			var old packed
			if before != nil {
				old = before.packed[uid]
			}
			if old.entry == nil || old.resourceVersion != version {
				changed = true
				if old.entry, err = pack(object); err != nil {
					return nil, false, err
				}
				old.resourceVersion = version
			}
			next.packed[uid] = old
		}
	}
	changed = changed || len(next.packed) != len(before.packed)
	info, err := pack(w.info.Load())
	if err != nil {
		return nil, false, err
	}
	next.entries = append(next.entries, info)
	uids := make([]string, 0, len(next.packed))
	for uid := range next.packed {
		uids = append(uids, uid)
	}
	sort.Strings(uids)
	for _, uid := range uids {
		next.entries = append(next.entries, next.packed[uid].entry)
	}
	return next, changed, nil
}

// takeAtRest makes a snapshot while no event is being delivered: an informer that lists again
// applies the new list object by object, and what lies in between was never a state of the cluster.
// In a cluster that never rests it takes what there is after a while.
func takeAtRest(w *watcher, before *snapshot) (*snapshot, bool, error) {
	for attempt := 0; ; attempt++ {
		events := w.events.Load()
		time.Sleep(10 * time.Millisecond)
		if events != w.events.Load() && attempt < 20 {
			continue
		}
		next, changed, err := take(w, before)
		if err != nil || attempt >= 20 || events == w.events.Load() {
			return next, changed, err
		}
	}
}

// writer is used again and again by the one goroutine that packs: a new one takes a megabyte for each object.
var writer = zlib.NewWriter(io.Discard)

// pack makes the entry of one object: its Go type name, and its JSON as a zlib stream.
func pack(object any) (*agentpb.KubernetesAPIInfo, error) {
	text, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	var stream bytes.Buffer
	writer.Reset(&stream)
	if _, err := writer.Write(text); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return &agentpb.KubernetesAPIInfo{Type: proto.String(fmt.Sprintf("%T", object)), CompressedInfo: stream.Bytes()}, nil
}
