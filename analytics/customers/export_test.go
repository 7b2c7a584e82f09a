package customers

import (
	"context"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
)

// Plan is the plan of a request in the SQL of DuckDB, and what its rows come to once they are taken.
func Plan(r Request) (engine.Reduction, func() (*Table, Oddities), error) {
	in := newReader(r)
	plan, err := in.plan(dialect.DuckDB)
	return plan, func() (*Table, Oddities) {
		in.finish()
		return in.table, in.oddities
	}, err
}

// OneLine tells whether the ledger has no order of several lines.
func OneLine(ctx context.Context, e engine.Engine, r Request) (bool, error) {
	return r.oneLine(ctx, e)
}
