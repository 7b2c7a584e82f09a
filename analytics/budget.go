package analytics

import (
	"context"
	"errors"
	"sync/atomic"

	"clientele/analytics/engine"
	"clientele/internal/concurrent"
	"clientele/internal/machine"
)

// allotment is the memory of a run, and what is known of how much it needs.
type allotment struct {
	machine.Budget
	allowed machine.Allowance
	asked   bool // by Options.Memory; else it is the default

	addresses int64 // that the process may have, where these bound its memory; 0: they do not

	step            atomic.Value // string: what is being done
	rows, customers atomic.Int64 // 0: not known yet
	follows         atomic.Bool  // the night follows another
}

// allot gives out so many bytes; 0: the default.
func allot(asked int64) *allotment {
	a := &allotment{allowed: machine.Allowed(), asked: asked > 0}
	a.Budget = machine.BudgetWithin(a.allowed, asked)
	a.step.Store("")
	if all := machine.Addresses(); all > 0 {
		if left := (all - reservedAddresses) / addressesOfByte; a.Bytes == 0 || left < a.Bytes {
			a.addresses = all
			a.Budget = machine.BudgetWithin(a.allowed, max(1, left))
		}
	}
	return a
}

// reservedAddresses are those that Go's runtime, DuckDB and their threads take whatever they do, and
// addressesOfByte are those of each byte of memory: what is given back to the system keeps its addresses.
// Without them threads cannot begin, of which neither gives an error: the program aborts. On 1, 28 and 64
// --threads, of which a bound of memory lets few begin, VmPeak of /proc/PID/status was 2.0 to 2.3 GB with
// 120 MB of memory (VmHWM; 3,000 rows), and 3.0 to 3.2 GB with 550 MB (a million rows);
// the rest is to spare for memory that comes faster than the run looks at what it takes.
const (
	reservedAddresses = 2400e6
	addressesOfByte   = 2
)

// know notes how much there is to do.
func (a *allotment) know(rows, customers int64) {
	if a != nil {
		a.rows.Store(rows)
		a.customers.Store(customers)
	}
}

// follow notes whether the night follows another.
func (a *allotment) follow(follows bool) {
	if a != nil {
		a.follows.Store(follows)
	}
}

// inBudget does what reads exports, and keeps it within the budget of memory. The error of
// what does not fit is a [MemoryError].
func inBudget[R any](ctx context.Context, o Options, do func(context.Context, Options) (R, error)) (R, error) {
	var none, found R
	o = o.withDefaults()
	a := allot(o.Memory)
	if a.Bytes > 0 && a.Bytes < LeastMemory {
		return none, a.tooLittle()
	}
	told := o.Step
	o.allotted, o.Step = a, func(name string) {
		a.step.Store(name)
		told(name)
	}
	watch := machine.Start(ctx, a.Budget)
	defer watch.Stop()
	// What does not hear of it in time is left behind: a publication appears whole or not
	// at all, and the next run clears away the rest.
	err := concurrent.Until(watch.Edge(), func() (err error) {
		found, err = do(watch.Context(), o)
		return err
	})
	if err == nil {
		return found, nil
	}
	_, over := errors.AsType[*machine.TooLittle](context.Cause(watch.Context()))
	if over || engine.IsOutOfMemory(err) {
		return none, a.tooLittle()
	}
	return none, err
}

// engineBase is what the program and the engine take before the first row. Of the rest the
// engine is told of engineShare while that is little, engineEnough, and of engineBeyond of
// larger budgets: it puts on disk what does not fit, and customers cannot be put there. What
// remains is for the Go heap, and for what the engine does not count: buffers of results, of the
// allocator, and of what it reads. By the runs of docs/memory.md: less than 0.65 of 200 MB does
// not do for a night of 100,000 rows, and more than 0.4 of 1.5 GB leaves too little for a
// million customers.
const (
	engineBase   = 100e6
	engineShare  = 0.65
	engineEnough = 250e6
	engineBeyond = 0.4
)

// leastOfThread is how much memory the engine needs for each of its threads: as its
// documentation has it, 125 MB.
const leastOfThread = 125e6

// leastOfEngine is what the engine needs to read a file at all, in bytes.
const leastOfEngine = 64 << 20

// engineOptions are those of an engine that fits into the budget.
func (o Options) engineOptions() engine.Options {
	as := engine.Options{Threads: o.Threads, SpillDir: o.SpillDir}
	if o.allotted != nil && o.allotted.Bytes > 0 {
		rest := float64(o.allotted.Bytes) - engineBase
		as.Memory = int64(max(min(engineShare*rest, max(engineEnough, engineBeyond*rest)), leastOfEngine))
		as.Threads = max(1, min(as.Threads, int(float64(as.Memory)/leastOfThread)))
	}
	return as
}
