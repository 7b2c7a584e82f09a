package engine

import "context"

// Cuts is where an engine cuts what it hands over.
func Cuts(ctx context.Context, e Engine, s Step) ([]string, error) { return e.(*DuckDB).cuts(ctx, s) }
