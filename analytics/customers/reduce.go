package customers

import (
	"context"
	"fmt"

	"clientele/analytics/engine"
)

// Reduce reduces the ledger to customers, and drops it.
func Reduce(ctx context.Context, e engine.Engine, r Request) (*Table, Oddities, error) {
	in := newReader(r)
	plan, err := in.plan(e.Dialect())
	if err == nil {
		err = e.Reduce(ctx, plan)
	}
	if err != nil {
		return nil, Oddities{}, fmt.Errorf("customers: %w", err)
	}
	in.finish()
	return in.table, in.oddities, nil
}
