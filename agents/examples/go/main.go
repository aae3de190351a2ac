// An example pseudo-agent: it watches a Kubernetes cluster by client-go's shared informers
// and uploads what it sees to deepflow-server by KubernetesAPISync.
package main

import (
	"context"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	"example.com/pseudo-agent/agentpb"
)

func main() {
	log.SetFlags(log.LstdFlags | log.Lmicroseconds)
	// client-go finds a dead HTTP/2 connection after 45 s unless told otherwise.
	setDefault("HTTP2_READ_IDLE_TIMEOUT_SECONDS", "10")
	setDefault("HTTP2_PING_TIMEOUT_SECONDS", "5")
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		log.Fatal(err)
	}
}

func setDefault(name, value string) {
	if os.Getenv(name) == "" {
		os.Setenv(name, value)
	}
}

func run(ctx context.Context) error {
	c, err := readConfig()
	if err != nil {
		return err
	}
	// Without KUBECONFIG this is the configuration of a pod.
	kube, err := clientcmd.BuildConfigFromFlags("", c.kubeconfig)
	if err != nil {
		return err
	}
	w, err := newWatcher(kube)
	if err != nil {
		return err
	}
	u, err := newUploader(c)
	if err != nil {
		return err
	}
	defer u.conn.Close()
	if err := w.start(ctx); err != nil {
		return err
	}
	a := &agent{
		watcher:  w,
		uploader: u,
		interval: c.interval,
		// Milliseconds, and not the seconds of deepflow's own agent: an agent that starts again
		// within the second must not give a version to other content.
		version: uint64(time.Now().UnixMilli()),
	}
	go a.run(ctx, kube)
	// Left at once, whatever the loop is at: nothing here needs to be put away.
	<-ctx.Done()
	return nil
}

// agent is the sync loop.
type agent struct {
	watcher  *watcher
	uploader *uploader
	interval time.Duration

	version uint64
	// acknowledged is the version that the server is known to hold with all its entries; 0 if none.
	acknowledged uint64
	snapshot     *snapshot
	events       uint64
}

func (a *agent) run(ctx context.Context, kube *rest.Config) {
	poll := time.NewTicker(min(a.interval, 100*time.Millisecond))
	defer poll.Stop()
	var next time.Time
	for {
		// The first snapshot goes out as soon as all is listed, the rest by the interval.
		due := !time.Now().Before(next)
		if due && (a.watcher.synced() || a.trouble() != "") {
			next = time.Now().Add(a.interval)
			a.tick(ctx, kube)
		}
		select {
		case <-ctx.Done():
			return
		case <-poll.C:
		}
	}
}

// trouble is what the server is to know of: what has been failing for longer than a retry takes.
func (a *agent) trouble() string {
	return a.watcher.health.report(max(3*time.Second, 2*a.interval))
}

func (a *agent) tick(ctx context.Context, kube *rest.Config) {
	if a.uploader.clusterID == "" {
		if err := a.learnClusterID(ctx, kube); err != nil {
			log.Printf("no cluster id yet: %v", err)
			return
		}
	}
	trouble := a.trouble()
	if trouble != "" {
		log.Printf("in trouble: %s", trouble)
	}
	if !a.watcher.synced() {
		// Half a cluster would look like deletions: nothing but the error is sent.
		a.send(ctx, nil, trouble)
		return
	}
	if err := a.refresh(); err != nil {
		log.Printf("no snapshot: %v", err)
		return
	}
	full := a.uploader.agentID == 0 || a.acknowledged != a.version || trouble != ""
	if full {
		a.send(ctx, a.snapshot.entries, trouble)
		return
	}
	if !a.send(ctx, nil, trouble) {
		a.send(ctx, a.snapshot.entries, trouble)
	}
}

func (a *agent) learnClusterID(ctx context.Context, kube *rest.Config) error {
	if err := rest.LoadTLSFiles(kube); err != nil {
		return err
	}
	return a.uploader.learnClusterID(ctx, kube.CAData)
}

// refresh takes a new snapshot where anything was delivered, under a new version where it differs.
func (a *agent) refresh() error {
	events := a.watcher.events.Load()
	if a.snapshot != nil && events == a.events {
		return nil
	}
	next, changed, err := takeAtRest(a.watcher, a.snapshot)
	if err != nil {
		return err
	}
	if changed && a.snapshot != nil {
		a.version++
	}
	a.snapshot, a.events = next, events
	return nil
}

// send makes one call and says whether the server need not hear more: false means that it asks for all entries.
func (a *agent) send(ctx context.Context, entries []*agentpb.KubernetesAPIInfo, trouble string) bool {
	held, err := a.uploader.sync(ctx, a.version, entries, trouble)
	if err != nil {
		a.acknowledged = 0
		if ctx.Err() == nil {
			log.Printf("sync failed: %v", err)
		}
		return true
	}
	if held != a.version {
		a.acknowledged = 0
		return false
	}
	if len(entries) > 0 {
		a.acknowledged = a.version
		log.Printf("version %d with %d entries", a.version, len(entries))
	}
	return true
}
