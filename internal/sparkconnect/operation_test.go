package sparkconnect_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"clientele/internal/sparkconnect"
	pb "clientele/internal/sparkconnect/connectpb"
)

// version answers a session's first question.
func version(s stream) error {
	b := array.NewStringBuilder(memory.DefaultAllocator)
	b.Append("4.1.2")
	column := b.NewArray()
	schema := arrow.NewSchema([]arrow.Field{{Name: "version", Type: arrow.BinaryTypes.String}}, nil)
	var text bytes.Buffer
	w := ipc.NewWriter(&text, ipc.WithSchema(schema))
	if err := errors.Join(w.Write(array.NewRecordBatch(schema, []arrow.Array{column}, 1)), w.Close()); err != nil {
		return err
	}
	err := s.Send(&pb.ExecutePlanResponse{
		ResponseId: "v", ServerSideSessionId: "server",
		ResponseType: &pb.ExecutePlanResponse_ArrowBatch_{ArrowBatch: &pb.ExecutePlanResponse_ArrowBatch{RowCount: 1, Data: text.Bytes()}},
	})
	return errors.Join(err, says("end")(s))
}

// Whatever becomes of streams, an operation is run once and its responses are read once.
func TestStreamsThatEnd(t *testing.T) {
	for _, c := range []struct {
		name   string
		script []func(stream) error
		calls  []string
	}{
		{"healthy", []func(stream) error{says("1", "2", "end")}, []string{"execute"}},
		{"ended by the server after its time", []func(stream) error{says("1"), says("2"), says("end")}, []string{"execute", "reattach 1", "reattach 2"}},
		{"cut", []func(stream) error{fails(away, "1"), fails(away), says("end")}, []string{"execute", "reattach 1", "reattach 1"}},
		{
			"cut by a proxy",
			[]func(stream) error{fails(status.Error(codes.Internal, "stream terminated by RST_STREAM with error code: INTERNAL_ERROR"), "1"), says("end")},
			[]string{"execute", "reattach 1"},
		},
		{"lost on the way there", []func(stream) error{fails(away), fails(unknown), says("1", "end")}, []string{"execute", "reattach ", "execute"}},
		{"cursor taken over", []func(stream) error{fails(status.Error(codes.Internal, "[INVALID_CURSOR.DISCONNECTED] x"), "1"), says("end")}, []string{"execute", "reattach 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, url := serve(t, c.script...)
			calls, err := run(t, f, url, sparkconnect.Options{})
			require.NoError(t, err)
			require.Equal(t, c.calls, calls)
		})
	}
}

// What trying again cannot mend is the error at once.
func TestNotRetried(t *testing.T) {
	for _, c := range []struct {
		name   string
		script []func(stream) error
		is     error
		says   string
		calls  int
	}{
		{"a statement's mistake", []func(stream) error{fails(status.Error(codes.Internal, "[PARSE_SYNTAX_ERROR] at 'customer 7'. SQLSTATE: 42601"))}, nil, "spark: PARSE_SYNTAX_ERROR", 1},
		{"no right to be here", []func(stream) error{fails(status.Error(codes.Unauthenticated, "Invalid authentication token"))}, sparkconnect.ErrRefused, "spark: gRPC Unauthenticated: Invalid authentication token", 1},
		{"forgotten after an answer", []func(stream) error{fails(away, "1"), fails(unknown)}, sparkconnect.ErrSessionLost, "spark: INVALID_HANDLE.OPERATION_NOT_FOUND", 2},
		{
			"another server",
			[]func(stream) error{fails(status.Error(codes.Internal, "[INVALID_HANDLE.SESSION_CHANGED] x"))},
			sparkconnect.ErrSessionLost, "spark: INVALID_HANDLE.SESSION_CHANGED", 1,
		},
		{"a fault of its inside", []func(stream) error{fails(status.Error(codes.Internal, "customer 7 broke it"))}, nil, "spark: gRPC Internal", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, url := serve(t, c.script...)
			calls, err := run(t, f, url, sparkconnect.Options{})
			require.EqualError(t, err, c.says)
			require.Len(t, calls, c.calls)
			if c.is != nil {
				require.ErrorIs(t, err, c.is)
			}
		})
	}
}

// A server that stays away is waited for, longer each time, and then given up.
func TestPatienceEnds(t *testing.T) {
	f, url := serve(t)
	var waits []time.Duration
	calls, err := run(t, f, url, sparkconnect.Options{Patience: time.Second, Waiting: func(err error, wait time.Duration) {
		require.ErrorContains(t, err, "nobody home")
		waits = append(waits, wait)
	}})
	require.EqualError(t, err, "it was tried for 1s: spark: gRPC Unavailable: nobody home")
	ms := time.Millisecond
	require.Equal(t, []time.Duration{100 * ms, 200 * ms, 400 * ms, 300 * ms}, waits)
	require.Len(t, calls, 5)
}

// Who waits for a server that is not there, and is told to stop, ends at once, as does one whose
// server takes connections and says nothing.
func TestStoppedWhileWaiting(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, gone.Close())
	for name, address := range map[string]string{"silent": silent.Addr().String(), "gone": gone.Addr().String()} {
		t.Run(name, func(t *testing.T) {
			target, err := sparkconnect.ParseURL("sc://" + address)
			require.NoError(t, err)
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(500*time.Millisecond, func() { cancel(errors.New("enough")) })
			begun := time.Now()
			_, err = sparkconnect.Open(ctx, target, sparkconnect.Options{})
			require.EqualError(t, err, target.String()+": enough")
			require.Less(t, time.Since(begun), 3*time.Second) // a farewell alone would wait for 5
		})
	}
	require.NoError(t, silent.Close())
}

// A server that goes away in the midst of a statement is told to stop for as long as it is
// said, and the farewell is no longer.
func TestStoppedWhileAway(t *testing.T) {
	running := make(chan struct{})
	_, url := serve(t, func(s stream) error {
		close(running)
		return fails(away, "1")(s)
	})
	target, err := sparkconnect.ParseURL(url)
	require.NoError(t, err)
	s, err := sparkconnect.Open(t.Context(), target, sparkconnect.Options{StopGrace: 100 * time.Millisecond})
	require.NoError(t, err)
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() {
		<-running
		cancel(errors.New("enough"))
	}()
	begun := time.Now()
	require.ErrorContains(t, s.Exec(ctx, "SELECT 1"), "enough")
	_ = s.Close() // its time is over
	require.Less(t, time.Since(begun), 3*time.Second)
}

// The end of ctx reaches the server even where it does not know the operation yet, and is
// the error.
func TestInterrupts(t *testing.T) {
	running := make(chan struct{})
	var f *fake
	f, url := serve(t, func(s stream) error {
		close(running)
		<-f.stopped
		return status.Error(codes.Internal, "[OPERATION_CANCELED] Operation has been canceled. SQLSTATE: HY008")
	})
	s := open(t, url, sparkconnect.Options{})
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() {
		<-running
		cancel(errors.New("enough"))
	}()
	require.EqualError(t, s.Exec(ctx, "SELECT 1"), "enough")
	require.Equal(t, 3, f.interrupts)
	require.EqualError(t, s.Exec(ctx, "SELECT 1"), "enough", "nothing is begun after the end")
	require.Len(t, f.calls, 2)
}
