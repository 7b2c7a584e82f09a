package customers

import (
	"context"
	"fmt"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
)

// Reduce reduces the ledger to customers, and drops it.
func Reduce(ctx context.Context, e engine.Engine, r Request) (*Table, Oddities, error) {
	one, err := r.oneLine(ctx, e)
	if err != nil {
		return nil, Oddities{}, fmt.Errorf("customers: %w", err)
	}
	in := newReader(r)
	in.oneLine = one
	plan, err := in.plan(e.Dialect())
	if err == nil && r.Kept != nil {
		err = complete(ctx, &plan, r.Kept)
	}
	if err == nil {
		err = e.Reduce(ctx, plan)
	}
	if err != nil {
		return nil, Oddities{}, fmt.Errorf("customers: %w", err)
	}
	in.finish()
	return in.table, in.oddities, nil
}

// Kept has parts of rows that are not in the ledger.
type Kept interface {
	// Complete makes of a part of the ledger's rows that of all.
	Complete(ctx context.Context, part engine.Step) (engine.Step, error)
	// Made is told of the table of a part, while the ledger is there.
	Made(ctx context.Context, part engine.Step) error
}

// complete adds to the parts of a plan those that are kept.
func complete(ctx context.Context, plan *engine.Reduction, kept Kept) (err error) {
	for i, part := range plan.Parts {
		if plan.Parts[i], err = kept.Complete(ctx, part); err != nil {
			return fmt.Errorf("%s: %w", part.Name, err)
		}
	}
	plan.Made = kept.Made
	return nil
}

// Parts are the steps of the first grain for a request.
func Parts(r Request, d dialect.Dialect) ([]engine.Step, error) {
	plan, err := newReader(r).plan(d)
	return plan.Parts, err
}
