package sparkconnect

import (
	"context"
	"slices"
	"time"

	pb "clientele/internal/sparkconnect/connectpb"
)

// canceled is the condition of an operation that was interrupted.
const canceled = "OPERATION_CANCELED"

const (
	defaultStopGrace = 15 * time.Second // see Options
	// stopAgain is the pause between attempts: the server may not know the operation yet,
	// or be out of reach.
	stopAgain = 250 * time.Millisecond
)

// stopWith gives a context in which to follow the operation beyond the end of ctx, for as
// long as the server takes to stop it. A server that never answered has nothing to stop. done
// is called when the operation is over.
func (o *operation) stopWith(ctx context.Context) (beyond context.Context, done func()) {
	beyond, cancel := context.WithCancel(context.WithoutCancel(ctx))
	unhook := context.AfterFunc(ctx, func() {
		grace := o.session.stopping()
		if o.session.observed() == nil {
			cancel()
			return
		}
		time.AfterFunc(grace, cancel)
		o.interrupt(beyond)
	})
	return beyond, func() {
		unhook()
		cancel()
	}
}

// interrupt tells the server to stop the operation, until it says that it did or the
// operation is over.
func (o *operation) interrupt(ctx context.Context) {
	s := o.session
	for ctx.Err() == nil {
		r, err := s.rpc.Interrupt(ctx, &pb.InterruptRequest{
			SessionId: s.id, ClientObservedServerSideSessionId: s.observed(), UserContext: s.user(), ClientType: &s.options.Client,
			InterruptType: pb.InterruptRequest_INTERRUPT_TYPE_OPERATION_ID,
			Interrupt:     &pb.InterruptRequest_OperationId{OperationId: o.id},
		})
		if err == nil && slices.Contains(r.GetInterruptedIds(), o.id) {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(stopAgain):
		}
	}
}
