package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"time"
)

// config is what the environment tells the agent.
type config struct {
	server     string
	clusterID  string
	agentID    uint32
	kubeconfig string
	interval   time.Duration
}

// readConfig reads the environment; an unset interval or agent id has a default, a wrong one is an error.
func readConfig() (config, error) {
	c := config{
		server:     os.Getenv("DEEPFLOW_SERVER"),
		clusterID:  os.Getenv("DEEPFLOW_CLUSTER_ID"),
		kubeconfig: os.Getenv("KUBECONFIG"),
		interval:   10 * time.Second,
	}
	if _, _, err := net.SplitHostPort(c.server); err != nil {
		return c, fmt.Errorf("DEEPFLOW_SERVER is %q, want host:port", c.server)
	}
	if text := os.Getenv("DEEPFLOW_AGENT_ID"); text != "" {
		id, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			return c, fmt.Errorf("DEEPFLOW_AGENT_ID is %q, want a number of 32 bits", text)
		}
		c.agentID = uint32(id)
	}
	if text := os.Getenv("DEEPFLOW_SYNC_INTERVAL_MS"); text != "" {
		ms, err := strconv.Atoi(text)
		if err != nil || ms <= 0 {
			return c, fmt.Errorf("DEEPFLOW_SYNC_INTERVAL_MS is %q, want milliseconds", text)
		}
		c.interval = time.Duration(ms) * time.Millisecond
	}
	return c, nil
}
