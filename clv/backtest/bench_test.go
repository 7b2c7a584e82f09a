package backtest

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkRun is a shop of a hundred thousand customers over three years, two
// models and the three origins of Plan.
func BenchmarkRun(b *testing.B) {
	const customers = 100_000
	shop := bgTruth
	shop.births, shop.days = 900, 1095
	h := shop.history(1, customers)
	o := shop.options("bg-nbd", "mbg-nbd")
	o.Workers = 1
	for b.Loop() {
		r, err := Run(h, o)
		require.NoError(b, err)
		require.Len(b, r.Splits, 3)
	}
	b.ReportMetric(float64(customers)*float64(b.N)/b.Elapsed().Seconds(), "customers/s")
}
