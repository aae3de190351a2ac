package main

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/version"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
)

// watcher keeps every uploaded kind in the caches of shared informers.
type watcher struct {
	client    kubernetes.Interface
	factory   informers.SharedInformerFactory
	informers map[string]cache.SharedIndexInformer
	health    *health
	// events counts what the informers delivered, so that a state that stirs is told from one that rests.
	events atomic.Uint64
	info   atomic.Pointer[version.Info]
}

// newWatcher prepares the informers; start begins to list.
func newWatcher(base *rest.Config) (*watcher, error) {
	w := &watcher{health: newHealth()}
	c := rest.CopyConfig(base)
	c.QPS, c.Burst = 50, 100
	c.UserAgent = "example-pseudo-agent-go"
	c.Wrap(w.health.observe)
	client, err := kubernetes.NewForConfig(c)
	if err != nil {
		return nil, err
	}
	w.use(client)
	return w, nil
}

func (w *watcher) use(client kubernetes.Interface) {
	w.client = client
	w.factory = informers.NewSharedInformerFactoryWithOptions(client, 0,
		informers.WithTransform(trim),
		informers.WithTweakListOptions(func(o *metav1.ListOptions) {
			if o.TimeoutSeconds != nil {
				seconds := int64(watchSeconds)
				o.TimeoutSeconds = &seconds
				return
			}
			// Every list is of the latest state. An informer's own first list asks for whatever the server has at hand,
			// which may be older than what was uploaded before. Later ones ask for what is at least as new as its last
			// revision; where that came from a list of the latest state, the server's cache of a resource at rest has
			// never heard of it: it waits, answers 504, and client-go asks for the same ten times, for most of a minute.
			o.ResourceVersion, o.ResourceVersionMatch = "", ""
		}))
	core, apps := w.factory.Core().V1(), w.factory.Apps().V1()
	w.informers = map[string]cache.SharedIndexInformer{
		"namespaces":             core.Namespaces().Informer(),
		"nodes":                  core.Nodes().Informer(),
		"pods":                   core.Pods().Informer(),
		"replicationcontrollers": core.ReplicationControllers().Informer(),
		"services":               core.Services().Informer(),
		"configmaps":             core.ConfigMaps().Informer(),
		"deployments":            apps.Deployments().Informer(),
		"statefulsets":           apps.StatefulSets().Informer(),
		"daemonsets":             apps.DaemonSets().Informer(),
		"replicasets":            apps.ReplicaSets().Informer(),
		"ingresses":              w.factory.Networking().V1().Ingresses().Informer(),
	}
}

// trim drops what the server has no use for, or (generateName) is misled by.
func trim(object any) (any, error) {
	if accessor, err := meta.Accessor(object); err == nil {
		accessor.SetManagedFields(nil)
		accessor.SetGenerateName("")
	}
	return object, nil
}

// start begins to watch until the context ends.
func (w *watcher) start(ctx context.Context) error {
	count := func() { w.events.Add(1) }
	for resource, informer := range w.informers {
		if err := informer.SetWatchErrorHandler(w.onError(resource)); err != nil {
			return err
		}
		if _, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
			AddFunc:    func(any) { count() },
			UpdateFunc: func(any, any) { count() },
			DeleteFunc: func(any) { count() },
		}); err != nil {
			return err
		}
	}
	w.factory.Start(ctx.Done())
	go w.readVersion(ctx)
	return nil
}

func (w *watcher) onError(resource string) cache.WatchErrorHandler {
	return func(r *cache.Reflector, err error) {
		if !apierrors.IsResourceExpired(err) && !apierrors.IsGone(err) && !errors.Is(err, io.EOF) {
			w.health.failed(resource, err)
		}
		cache.DefaultWatchErrorHandler(r, err)
	}
}

// readVersion asks for /version until it is told.
func (w *watcher) readVersion(ctx context.Context) {
	for wait := 500 * time.Millisecond; ; wait = min(2*wait, 10*time.Second) {
		info, err := w.client.Discovery().ServerVersion()
		if err == nil {
			w.info.Store(info)
			w.health.recovered("version")
			return
		}
		w.health.failed("version", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// synced says whether every kind has been listed to its end once, and /version is known.
func (w *watcher) synced() bool {
	for _, informer := range w.informers {
		if !informer.HasSynced() {
			return false
		}
	}
	return w.info.Load() != nil
}
