package main

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"net"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"example.com/pseudo-agent/agentpb"
)

// callTimeout bounds a call that the server never answers.
const callTimeout = 10 * time.Second

// services that the server may have: the name changed with v6.6.8, what is on the wire did not.
var services = []string{"agent.Synchronizer", "trident.Synchronizer"}

// uploader talks to deepflow-server.
type uploader struct {
	conn      *grpc.ClientConn
	service   int
	clusterID string
	agentID   uint32
	sourceIP  string
}

func newUploader(c config) (*uploader, error) {
	// By default a lost connection is tried again after up to two minutes.
	retry := backoff.DefaultConfig
	retry.MaxDelay = 3 * time.Second
	conn, err := grpc.NewClient(c.server,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: retry, MinConnectTimeout: 3 * time.Second}),
		grpc.WithNoProxy())
	if err != nil {
		return nil, err
	}
	return &uploader{conn: conn, clusterID: c.clusterID, agentID: c.agentID, sourceIP: sourceIP(c.server)}, nil
}

// sourceIP is the address that this machine reaches the server from; nothing is sent to find it out.
func sourceIP(server string) string {
	conn, err := net.Dial("udp", server)
	if err != nil {
		return "127.0.0.1"
	}
	defer conn.Close()
	return conn.LocalAddr().(*net.UDPAddr).IP.String()
}

// call invokes a method, under the other service name where the server does not know the first.
func (u *uploader) call(ctx context.Context, method string, request, response proto.Message) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var err error
	for range services {
		err = u.conn.Invoke(ctx, fmt.Sprintf("/%s/%s", services[u.service], method), request, response)
		if status.Code(err) != codes.Unimplemented {
			return err
		}
		u.service = (u.service + 1) % len(services)
	}
	return err
}

// sync sends a version, with or without entries, and returns the version that the server answers; 0 if it names none.
func (u *uploader) sync(ctx context.Context, version uint64, entries []*agentpb.KubernetesAPIInfo, trouble string) (uint64, error) {
	request := &agentpb.KubernetesAPISyncRequest{
		ClusterId: proto.String(u.clusterID),
		Version:   proto.Uint64(version),
		ErrorMsg:  proto.String(trouble),
		AgentId:   proto.Uint32(u.agentID),
		SourceIp:  proto.String(u.sourceIP),
		Entries:   entries,
	}
	response := &agentpb.KubernetesAPISyncResponse{}
	if err := u.call(ctx, "KubernetesAPISync", request, response); err != nil {
		return 0, err
	}
	return response.GetVersion(), nil
}

// learnClusterID asks the server for the id that belongs to the CA of the cluster.
func (u *uploader) learnClusterID(ctx context.Context, ca []byte) error {
	sum := md5.Sum(ca)
	request := &agentpb.KubernetesClusterIDRequest{CaMd5: proto.String(hex.EncodeToString(sum[:]))}
	response := &agentpb.KubernetesClusterIDResponse{}
	if err := u.call(ctx, "GetKubernetesClusterID", request, response); err != nil {
		return err
	}
	if response.GetErrorMsg() != "" || response.GetClusterId() == "" {
		return fmt.Errorf("the server gave no cluster id: %s", response.GetErrorMsg())
	}
	u.clusterID = response.GetClusterId()
	return nil
}
