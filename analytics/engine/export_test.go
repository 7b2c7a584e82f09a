package engine

import "context"

// Cuts is where an engine cuts what it hands over.
func Cuts(ctx context.Context, e Engine, s Step) ([]string, error) {
	d := e.(*DuckDB)
	rows, err := d.count(ctx, s)
	if err != nil {
		return nil, err
	}
	return d.cuts(ctx, s, rows)
}
