package modeltable_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
	"clientele/analytics/modeltable"
	"clientele/clv"
	"clientele/internal/concurrent"
)

// Whatever number stands in a model file, scoring with it ends, well or with an error.
func TestHostileModelFiles(t *testing.T) {
	e := openEngine(t)
	table := write(t, "summary.csv", "customer_id,x,t_x,t,spend\na,0,0,9,0\nb,3,7,9,12.5\nc,40,300,300,80\n")
	for model, params := range map[string]map[string]float64{
		"pareto-nbd": {"r": 0.55, "alpha": 10.6, "s": 0.6, "beta": 11.7},
		"bg-nbd":     {"r": 0.24, "alpha": 4.4, "a": 0.8, "b": 2.4},
		"mbg-nbd":    {"r": 0.24, "alpha": 4.4, "a": 0.8, "b": 2.4},
		"nbd":        {"r": 0.24, "alpha": 4.4},
		"bg-bb":      {"alpha": 1.2, "beta": 0.75, "gamma": 0.66, "delta": 2.8},
	} {
		for _, name := range slices.Sorted(maps.Keys(params)) {
			for _, v := range []float64{1e308, 1e300, 1e15, 1e9, 1e-9, 1e-300, 5e-324} {
				f := clv.File{Model: model, Unit: "week", Params: maps.Clone(params)}
				f.Params[name] = v
				f.Spend = &clv.SpendFile{Model: "gamma-gamma", Params: map[string]float64{"p": 6, "q": 4, "gamma": 15}}
				requireScoringEnds(t, e, table, f, fmt.Sprintf("%s: %s = %v", model, name, v))
			}
		}
	}
	for _, name := range []string{"p", "q", "gamma"} {
		for _, v := range []float64{1e308, 1e15, 1e-300, 5e-324} {
			f := clv.File{Model: "nbd", Unit: "week", Params: map[string]float64{"r": 0.24, "alpha": 4.4}}
			f.Spend = &clv.SpendFile{Model: "gamma-gamma", Params: map[string]float64{"p": 6, "q": 4, "gamma": 15}}
			f.Spend.Params[name] = v
			requireScoringEnds(t, e, table, f, fmt.Sprintf("gamma-gamma: %s = %v", name, v))
		}
	}
}

func requireScoringEnds(t *testing.T, e engine.Engine, table string, f clv.File, what string) {
	t.Helper()
	const soon = 10 * time.Second
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	err := concurrent.Guard(func() error {
		return modeltable.Predict(ctx, io.Discard, e, table, f, modeltable.PredictOptions{
			Horizon: 52, Delta: 0.002, Discount: true, Intervals: true, Workers: 2,
		})
	})
	require.NoError(t, ctx.Err(), "%s: it does not end", what)
	if err != nil {
		require.NotContains(t, err.Error(), "panic", what)
	}
}
