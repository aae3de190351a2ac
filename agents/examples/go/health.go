package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// watchSeconds bounds a watch, so that one whose server fell silent does not last.
	watchSeconds = 30
	// watchGrace is what a watch may take beyond that before the client cuts it.
	watchGrace = 5 * time.Second
	// headerTimeout bounds the wait for the beginning of an answer.
	headerTimeout = 20 * time.Second
)

// health knows which resources cannot be listed or watched, and since when.
// A shared informer tells of failures but not of recoveries, so the transport is observed too.
type health struct {
	mu      sync.Mutex
	failing map[string]trouble
}

type trouble struct {
	since time.Time
	text  string
}

func newHealth() *health { return &health{failing: map[string]trouble{}} }

// failed notes a failure; the time of the first one in a row counts.
func (h *health) failed(resource string, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	known, ok := h.failing[resource]
	if !ok {
		known.since = time.Now()
	}
	known.text = err.Error()
	h.failing[resource] = known
}

// recovered notes that a watch was opened: the list before it was read to its end.
func (h *health) recovered(resource string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.failing, resource)
}

// report says what has been failing for longer than patience; empty while all is well.
// A fault that is over sooner is nobody's business: the server keeps old data while an error is reported.
func (h *health) report(patience time.Duration) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var lines []string
	for resource, t := range h.failing {
		if time.Since(t.since) > patience {
			lines = append(lines, fmt.Sprintf("%s: %s", resource, t.text))
		}
	}
	sort.Strings(lines)
	return strings.Join(lines, "; ")
}

// observe wraps the transport of a Kubernetes client.
func (h *health) observe(next http.RoundTripper) http.RoundTripper {
	return &observer{health: h, next: next}
}

type observer struct {
	health *health
	next   http.RoundTripper
}

func (o *observer) RoundTrip(request *http.Request) (*http.Response, error) {
	resource := path.Base(request.URL.Path)
	query := request.URL.Query()
	watching := query.Get("watch") == "true" || query.Get("watch") == "1"
	ctx, cancel := context.WithCancel(request.Context())
	timer := time.AfterFunc(headerTimeout, cancel)
	response, err := o.next.RoundTrip(request.WithContext(ctx))
	timer.Stop()
	if err != nil {
		cancel()
		if request.Context().Err() == nil {
			o.health.failed(resource, err)
		}
		return nil, err
	}
	switch {
	case response.StatusCode == http.StatusGone:
		// An expired watch is no trouble: the informer lists again.
	case response.StatusCode >= http.StatusBadRequest:
		o.health.failed(resource, errors.New(response.Status))
	case watching:
		o.health.recovered(resource)
		seconds, err := strconv.Atoi(query.Get("timeoutSeconds"))
		if err != nil {
			seconds = watchSeconds
		}
		timer = time.AfterFunc(time.Duration(seconds)*time.Second+watchGrace, cancel)
	}
	response.Body = &observedBody{ReadCloser: response.Body, done: func() { timer.Stop(); cancel() }}
	return response, nil
}

// observedBody frees what guards a request when its body is closed.
type observedBody struct {
	io.ReadCloser
	done func()
}

func (b *observedBody) Close() error {
	defer b.done()
	return b.ReadCloser.Close()
}
