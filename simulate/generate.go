package simulate

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	"clientele/internal/concurrent"
)

// chunkCustomers is how many customers a worker makes at a time: some thousand
// rows, enough to hide the cost of handing them over.
const chunkCustomers = 512

// sink is where rows go: encode turns rows into a T, on several goroutines at
// once, and write takes the Ts in order. A T may be used again.
type sink[T any] struct {
	encode func(rows []Row, out *T) error
	write  func(*T) error
}

// Generate calls emit for each row, always from one goroutine: customer by
// customer, each in order of time, or all in order of time where SortByTime
// says so. truth takes the table of TruthColumns as CSV and may be nil. An
// error of emit or of truth ends the run, as does the end of ctx.
func Generate(ctx context.Context, truth io.Writer, o Options, emit func(Row) error) (Counts, error) {
	return run(ctx, truth, o, rowSink(emit))
}

// rowSink hands rows to emit one by one.
func rowSink(emit func(Row) error) sink[[]Row] {
	return sink[[]Row]{
		encode: func(rows []Row, out *[]Row) error {
			*out = append((*out)[:0], rows...)
			return nil
		},
		write: func(rows *[]Row) error {
			for _, r := range *rows {
				if err := emit(r); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// run makes all customers and sends their rows to the sink.
func run[T any](ctx context.Context, truth io.Writer, o Options, s sink[T]) (Counts, error) {
	p, err := newPlan(o)
	if err != nil {
		return Counts{}, err
	}
	if truth != nil {
		if _, err := io.WriteString(truth, strings.Join(o.withAccount(TruthColumns()), ",")+"\n"); err != nil {
			return Counts{}, fmt.Errorf("simulate: write truth: %w", err)
		}
	}
	if o.SortByTime {
		return sorted(ctx, p, truth, s)
	}
	return stream(ctx, p, truth, s)
}

// chunk is what a worker makes of one chunk of customers.
type chunk[T any] struct {
	counts   Counts
	truth    []byte
	outcomes []Outcome
	out      T
}

// stream sends rows to the sink customer by customer, with no more than some
// chunks in memory.
func stream[T any](ctx context.Context, p *plan, truth io.Writer, s sink[T]) (Counts, error) {
	workers := p.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	chunks := (p.Customers + chunkCustomers - 1) / chunkCustomers
	newWork := func() func(int, *chunk[T]) error {
		m := newMaker(p)
		var rows []Row
		return func(i int, c *chunk[T]) error {
			c.counts, c.truth = Counts{}, c.truth[:0]
			rows, m.outcomes = rows[:0], nil
			for n := i * chunkCustomers; n < min((i+1)*chunkCustomers, p.Customers); n++ {
				if err := ctx.Err(); err != nil { // a customer may have a great many purchases
					return err
				}
				var l life
				rows, l = m.customer(n, rows, &c.counts)
				if truth != nil {
					c.truth = p.appendTruth(c.truth, n, &l)
				}
			}
			c.outcomes = m.outcomes
			return s.encode(rows, &c.out)
		}
	}
	var counts Counts
	err := inOrder(ctx, chunks, workers, newWork, func(c *chunk[T]) error {
		counts.merge(c.counts)
		if truth != nil {
			if _, err := truth.Write(c.truth); err != nil {
				return fmt.Errorf("simulate: write truth: %w", err)
			}
		}
		if err := p.tell(c.outcomes); err != nil {
			return err
		}
		return s.write(&c.out)
	})
	return counts, err
}

// tell hands outcomes to whoever asks for them.
func (p *plan) tell(outcomes []Outcome) error {
	if p.Outcomes == nil {
		return nil
	}
	for _, o := range outcomes {
		if err := p.Outcomes(o); err != nil {
			return err
		}
	}
	return nil
}

// sorted sends rows to the sink in order of time. Rows of one second keep the
// order of their customers.
func sorted[T any](ctx context.Context, p *plan, truth io.Writer, s sink[T]) (Counts, error) {
	var rows []Row
	counts, err := stream(ctx, p, truth, rowSink(func(r Row) error {
		rows = append(rows, r)
		return nil
	}))
	if err != nil {
		return counts, err
	}
	if err := concurrent.Until(ctx, func() error {
		slices.SortStableFunc(rows, byTime)
		return nil
	}); err != nil {
		return counts, err
	}
	var out T
	for part := range slices.Chunk(rows, 8*chunkCustomers) {
		if err := ctx.Err(); err != nil {
			return counts, err
		}
		if err := s.encode(part, &out); err != nil {
			return counts, err
		}
		if err := s.write(&out); err != nil {
			return counts, err
		}
	}
	return counts, nil
}
