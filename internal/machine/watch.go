package machine

import (
	"context"
	"time"

	"clientele/internal/concurrent"
)

// between is the time from one look to the next. A program takes at most about a gigabyte
// a second, for pages must be cleared: 20 MB between two looks. A look costs some
// microseconds.
const between = 20 * time.Millisecond

// Watch looks at how much memory a process takes, until it is stopped.
type Watch struct {
	budget Budget
	full   signal // the budget is used up
	edge   signal // the kernel may end the process any moment
	stop   chan struct{}
	looks  concurrent.Group
	// cleaned is closed once garbage is returned; nil: nobody asked for it.
	cleaned chan struct{}

	resident func() (bytes int64, err error)
	heap     *heapLimit
}

// signal is a context that is done for a reason.
type signal struct {
	context.Context
	tell context.CancelCauseFunc
}

func newSignal(ctx context.Context) signal {
	ctx, tell := context.WithCancelCause(ctx)
	return signal{ctx, tell}
}

// Start begins to watch, and gives the Go heap a limit: what the rest of the process leaves
// of the budget. Call Stop.
func Start(ctx context.Context, b Budget) *Watch {
	w := &Watch{
		budget: b, full: newSignal(ctx), edge: newSignal(context.WithoutCancel(ctx)), stop: make(chan struct{}),
		resident: resident, heap: &theHeap,
	}
	w.start()
	return w
}

func (w *Watch) start() {
	if w.budget.Bytes > 0 {
		w.heap.begin()
		w.looks.Go(w.watch)
	}
}

// Context is for the work that is watched: it is done, with a [TooLittle] as its cause, once
// the budget is used up.
func (w *Watch) Context() context.Context { return w.full }

// Edge is for who waits for the work: it is done, for the same cause, where the work did not
// end in time.
func (w *Watch) Edge() context.Context { return w.edge }

// Stop ends the watch.
func (w *Watch) Stop() {
	close(w.stop)
	w.looks.Wait()
	w.full.tell(nil)
	w.edge.tell(nil)
	if w.budget.Bytes > 0 {
		w.heap.end()
	}
}

func (w *Watch) watch() {
	ticker := time.NewTicker(between)
	defer ticker.Stop()
	for {
		all, err := w.resident()
		if err != nil {
			// Where the system does not tell, the limits of heap and engine are all there is.
			w.heap.set(w.budget.Bytes, 0)
			return
		}
		w.look(all)
		select {
		case <-w.stop:
			return
		case <-ticker.C:
		}
	}
}

// look acts on how much memory there is in use.
func (w *Watch) look(all int64) {
	switch {
	case all > w.budget.Edge:
		w.full.tell(w.tooLittle(all))
		w.edge.tell(w.tooLittle(all))
	case all > w.budget.Bytes && w.full.Err() == nil:
		w.overBudget(all)
	default:
		w.isCleaned()
	}
	// A change of the limit stops all threads for a moment, so that small ones are not made.
	const small = 64
	w.heap.set(w.budget.Bytes-max(0, all-w.heap.held()), w.budget.Bytes/small)
}

// overBudget returns garbage, and what the heap keeps for later, to the system. The budget is
// used up if that is not enough. It takes a while, in which there are more looks: memory may
// come to the edge.
func (w *Watch) overBudget(all int64) {
	if w.cleaned == nil {
		w.cleaned = make(chan struct{})
		w.looks.Go(func() {
			defer close(w.cleaned)
			w.heap.giveBack()
		})
		return
	}
	if !w.isCleaned() {
		return
	}
	if after, err := w.resident(); err == nil {
		all = after
	}
	if all > w.budget.Bytes {
		w.full.tell(w.tooLittle(all))
	}
}

// isCleaned tells once whether what was asked for is returned.
func (w *Watch) isCleaned() bool {
	select {
	case <-w.cleaned:
		w.cleaned = nil
		return true
	default: // nor where it is nil
		return false
	}
}

func (w *Watch) tooLittle(all int64) *TooLittle {
	return &TooLittle{Budget: w.budget.Bytes, Taken: all}
}
