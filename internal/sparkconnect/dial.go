package sparkconnect

import (
	"context"
	"crypto/tls"
	"maps"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
)

// receiveLimit is the most bytes of one message. PySpark's limit is the same.
const receiveLimit = 128 << 20

// keepAlive finds out that a connection has died without a word. gRPC servers in Java take
// more pings than one in 5 minutes for an attack (permitKeepAliveTime), hence 6.
var keepAlive = keepalive.ClientParameters{Time: 6 * time.Minute, Timeout: 20 * time.Second}

// reconnect waits at most 2 seconds between attempts, so that a server that is back is
// found soon: gRPC's own limit is 2 minutes.
var reconnect = grpc.ConnectParams{
	Backoff:           backoff.Config{BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: 2 * time.Second},
	MinConnectTimeout: 20 * time.Second, // gRPC's default
}

// dial prepares a connection; it is made when the first request needs it.
func dial(t Target, client string) (*grpc.ClientConn, error) {
	transport := insecure.NewCredentials()
	if t.encrypted() {
		transport = credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12, RootCAs: t.RootCAs})
	}
	return grpc.NewClient(t.Address(),
		grpc.WithTransportCredentials(transport),
		grpc.WithPerRPCCredentials(headers{t}),
		grpc.WithUserAgent(client),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(receiveLimit)),
		grpc.WithKeepaliveParams(keepAlive),
		grpc.WithConnectParams(reconnect),
	)
}

// headers are what each request carries beside its message.
type headers struct{ target Target }

// GetRequestMetadata implements credentials.PerRPCCredentials.
func (h headers) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	all := map[string]string{}
	maps.Copy(all, h.target.Headers)
	if h.target.Token != "" {
		all["authorization"] = "Bearer " + h.target.Token
	}
	return all, nil
}

// RequireTransportSecurity implements credentials.PerRPCCredentials. gRPC holds the
// connection against it: a token does not leave this machine in the clear.
func (h headers) RequireTransportSecurity() bool { return h.target.encrypted() }
