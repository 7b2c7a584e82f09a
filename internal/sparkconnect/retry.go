package sparkconnect

import (
	"context"
	"fmt"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
)

// How long a fault that passes is waited out. The server keeps what nobody follows for 5
// minutes (spark.connect.execute.manager.detachedTimeout), so more is of no use.
const (
	defaultPatience = 2 * time.Minute
	firstWait       = 100 * time.Millisecond
	longestWait     = 10 * time.Second
)

// isTransient says that the same request may do better later: the server, a proxy or the
// network was not there. PySpark's DefaultPolicy takes the same for transient. A fault of
// a statement never is.
func isTransient(e *Error) bool {
	return e.Code == codes.Unavailable ||
		e.Code == codes.Internal && (e.Condition == "INVALID_CURSOR.DISCONNECTED" || isCutStream(e))
}

// isCutStream knows the words of grpc-go for a stream that a proxy ended.
func isCutStream(e *Error) bool {
	return strings.Contains(e.Message, "RST_STREAM") || strings.Contains(e.Message, "server closed the stream without sending trailers")
}

// patience is what remains of the readiness to wait.
type patience struct {
	whole    time.Duration
	waited   time.Duration
	next     time.Duration
	onFailed func(err error, wait time.Duration) // nil: nobody is told
}

func newPatience(o Options) *patience {
	p := &patience{whole: o.Patience, onFailed: o.Waiting}
	if p.whole == 0 {
		p.whole = defaultPatience
	}
	p.reset()
	return p
}

// reset follows a success.
func (p *patience) reset() { p.waited, p.next = 0, firstWait }

// wait waits before another attempt, longer each time. It fails where waiting is at its
// end, by the end of ctx or because it was for too long.
func (p *patience) wait(ctx context.Context, failed error) error {
	if p.waited >= p.whole {
		return fmt.Errorf("it was tried for %s: %w", p.whole, failed)
	}
	wait := min(p.next, p.whole-p.waited)
	if p.onFailed != nil {
		p.onFailed(failed, wait)
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
	}
	p.waited += wait
	p.next = min(2*p.next, longestWait)
	return nil
}
