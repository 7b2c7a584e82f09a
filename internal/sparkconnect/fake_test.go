package sparkconnect_test

import (
	"context"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"clientele/internal/sparkconnect"
	pb "clientele/internal/sparkconnect/connectpb"
)

// fake is a server that says what a test tells it to, for faults that a real one does not
// have at will.
type fake struct {
	pb.UnimplementedSparkConnectServiceServer

	// script is what each stream does, in order: the first is that of the version.
	script []func(stream) error

	mu         sync.Mutex
	calls      []string // what was called
	interrupts int      // how often, before the fake knows the operation
	stopped    chan struct{}
}

type stream = grpc.ServerStreamingServer[pb.ExecutePlanResponse]

// play takes the next stream of the script.
func (f *fake) play(call string, s stream) error {
	f.mu.Lock()
	f.calls = append(f.calls, call)
	var act func(stream) error
	if len(f.script) > 0 {
		act, f.script = f.script[0], f.script[1:]
	}
	f.mu.Unlock()
	if act == nil {
		return status.Error(codes.Unavailable, "nobody home")
	}
	return act(s)
}

func (f *fake) ExecutePlan(r *pb.ExecutePlanRequest, s stream) error {
	return f.play("execute", s)
}

func (f *fake) ReattachExecute(r *pb.ReattachExecuteRequest, s stream) error {
	return f.play("reattach "+r.GetLastResponseId(), s)
}

func (f *fake) ReleaseExecute(context.Context, *pb.ReleaseExecuteRequest) (*pb.ReleaseExecuteResponse, error) {
	return &pb.ReleaseExecuteResponse{}, nil
}

func (f *fake) ReleaseSession(context.Context, *pb.ReleaseSessionRequest) (*pb.ReleaseSessionResponse, error) {
	return &pb.ReleaseSessionResponse{}, nil
}

func (f *fake) Interrupt(_ context.Context, r *pb.InterruptRequest) (*pb.InterruptResponse, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.interrupts++; f.interrupts < 3 {
		return &pb.InterruptResponse{}, nil // it does not know the operation yet
	}
	if f.interrupts == 3 {
		close(f.stopped)
	}
	return &pb.InterruptResponse{InterruptedIds: []string{r.GetOperationId()}}, nil
}

// says sends responses of these ids. "end" is the end of the result.
func says(ids ...string) func(stream) error {
	return func(s stream) error {
		for _, id := range ids {
			r := &pb.ExecutePlanResponse{ResponseId: id, ServerSideSessionId: "server"}
			if id == "end" {
				r.ResponseType = &pb.ExecutePlanResponse_ResultComplete_{ResultComplete: &pb.ExecutePlanResponse_ResultComplete{}}
			}
			if err := s.Send(r); err != nil {
				return err
			}
		}
		return nil
	}
}

// fails sends responses of these ids, and then fails.
func fails(err error, ids ...string) func(stream) error {
	return func(s stream) error {
		if err := says(ids...)(s); err != nil {
			return err
		}
		return err
	}
}

// serve starts a fake; what a session asks at its opening is answered.
func serve(t *testing.T, script ...func(stream) error) (*fake, string) {
	t.Helper()
	f := &fake{script: append([]func(stream) error{version}, script...), stopped: make(chan struct{})}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := grpc.NewServer()
	pb.RegisterSparkConnectServiceServer(s, f)
	done := make(chan error)
	go func() { done <- s.Serve(listener) }()
	t.Cleanup(func() {
		s.Stop()
		require.NoError(t, <-done)
	})
	return f, "sc://" + listener.Addr().String()
}

// run opens a session on a fake and runs a statement.
func run(t *testing.T, f *fake, url string, o sparkconnect.Options) (calls []string, err error) {
	t.Helper()
	if o.Patience == 0 {
		o.Patience = time.Minute
	}
	err = open(t, url, o).Exec(t.Context(), "SELECT 1")
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[1:], err
}

var (
	away    = status.Error(codes.Unavailable, "away")
	unknown = status.Error(codes.Internal, "[INVALID_HANDLE.OPERATION_NOT_FOUND] The handle is invalid. SQLSTATE: HY000")
)
