package sparkconnect

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/google/uuid"
	"google.golang.org/grpc"

	pb "clientele/internal/sparkconnect/connectpb"
)

// operation is one statement on its way. The server keeps it by its id: a stream of
// responses that ends before the operation does is taken up again after the last response
// that came. Servers end streams after two minutes by themselves
// (spark.connect.execute.reattachable.senderMaxStreamDuration), and so do proxies.
type operation struct {
	session *Session
	id      string
	plan    *pb.Plan
	rows    func(*pb.ExecutePlanResponse_ArrowBatch) error // nil: rows mean nothing to the caller

	stream  grpc.ServerStreamingClient[pb.ExecutePlanResponse] // nil: none is open
	sent    bool                                               // the server may know of it
	last    string                                             // the last response that came
	patient *patience
}

func (s *Session) operation(plan *pb.Plan, rows func(*pb.ExecutePlanResponse_ArrowBatch) error) *operation {
	return &operation{session: s, id: uuid.NewString(), plan: plan, rows: rows, patient: newPatience(s.options)}
}

// run runs the operation to its end, or until ctx ends: then the server is told to stop.
func (o *operation) run(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	beyond, done := o.stopWith(ctx)
	defer done()
	err := o.follow(beyond)
	if err != nil && ctx.Err() != nil {
		return o.stopped(ctx, err)
	}
	return err
}

// follow reads responses until the operation is over.
func (o *operation) follow(ctx context.Context) error {
	for {
		response, err := o.next(ctx)
		if err == nil {
			o.patient.reset()
			over, err := o.take(response)
			if err != nil || over {
				o.release(ctx)
				return err
			}
			continue
		}
		if err := o.recover(ctx, err); err != nil {
			o.release(ctx)
			return err
		}
	}
}

// next gives the next response. It opens a stream where there is none.
func (o *operation) next(ctx context.Context) (*pb.ExecutePlanResponse, error) {
	if o.stream == nil {
		var err error
		if o.stream, err = o.open(ctx); err != nil {
			return nil, err
		}
	}
	return o.stream.Recv()
}

func (o *operation) open(ctx context.Context) (grpc.ServerStreamingClient[pb.ExecutePlanResponse], error) {
	s := o.session
	if !o.sent {
		o.sent = true
		reattach := &pb.ReattachOptions{Reattachable: true}
		return s.rpc.ExecutePlan(ctx, &pb.ExecutePlanRequest{
			SessionId: s.id, ClientObservedServerSideSessionId: s.observed(), UserContext: s.user(), ClientType: &s.options.Client,
			OperationId: &o.id, Plan: o.plan, Tags: s.options.Tags,
			RequestOptions: []*pb.ExecutePlanRequest_RequestOption{{RequestOption: &pb.ExecutePlanRequest_RequestOption_ReattachOptions{ReattachOptions: reattach}}},
		})
	}
	request := &pb.ReattachExecuteRequest{
		SessionId: s.id, ClientObservedServerSideSessionId: s.observed(), UserContext: s.user(), ClientType: &s.options.Client,
		OperationId: o.id,
	}
	if o.last != "" {
		request.LastResponseId = &o.last
	}
	return s.rpc.ReattachExecute(ctx, request)
}

// take looks at a response, and says whether it was the last.
func (o *operation) take(r *pb.ExecutePlanResponse) (over bool, err error) {
	o.session.observe(r.GetServerSideSessionId())
	o.last = r.GetResponseId()
	switch t := r.GetResponseType().(type) {
	case *pb.ExecutePlanResponse_ResultComplete_:
		return true, nil
	case *pb.ExecutePlanResponse_ExecutionProgress_:
		if o.session.options.Progress != nil {
			o.session.options.Progress(progressOf(t.ExecutionProgress))
		}
	case *pb.ExecutePlanResponse_ArrowBatch_:
		if o.rows != nil {
			return false, o.rows(t.ArrowBatch)
		}
	}
	return false, nil
}

// recover decides what follows a stream that ended without the end of the result. Nil:
// another attempt.
func (o *operation) recover(ctx context.Context, err error) error {
	o.stream = nil
	if errors.Is(err, io.EOF) {
		return o.patient.wait(ctx, errors.New("spark: the server ended the stream before the result"))
	}
	e := asError(err)
	if o.neverArrived(e) {
		o.sent = false
		return o.patient.wait(ctx, e)
	}
	if isTransient(e) {
		return o.patient.wait(ctx, e)
	}
	return e
}

// neverArrived says that the server does not know the operation because the request that
// was to begin it was lost on the way.
func (o *operation) neverArrived(e *Error) bool {
	return o.last == "" && o.sent && (e.Condition == operationNotFound || e.Condition == sessionNotFound && o.session.observed() == nil)
}

// release lets the server forget the responses. Whether it hears of it does not matter: it
// forgets them by itself in the end.
func (o *operation) release(ctx context.Context) {
	s := o.session
	if s.observed() == nil {
		return // it never answered
	}
	ctx, cancel := s.parting(ctx)
	defer cancel()
	_, _ = s.rpc.ReleaseExecute(ctx, &pb.ReleaseExecuteRequest{
		SessionId: s.id, ClientObservedServerSideSessionId: s.observed(), UserContext: s.user(), ClientType: &s.options.Client,
		OperationId: o.id, Release: &pb.ReleaseExecuteRequest_ReleaseAll_{ReleaseAll: &pb.ReleaseExecuteRequest_ReleaseAll{}},
	})
}

// stopped is the error of an operation whose ctx ended: the cause, and beside it what is
// not certain.
func (o *operation) stopped(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	if o.session.observed() == nil {
		return cause // it never answered
	}
	if e, ok := errors.AsType[*Error](err); ok && (e.Condition == canceled || errors.Is(e, ErrSessionLost)) {
		return cause
	}
	return fmt.Errorf("%w; %s did not confirm that it stopped operation %s: %w", cause, o.session.target, o.id, err)
}
