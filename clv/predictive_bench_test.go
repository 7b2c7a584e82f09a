package clv

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// benchmarkCustomers are as many as a large shop has.
const benchmarkCustomers = 1_000_000

// benchmarkPredictive is a shop of the benchmark with its scores, and options
// like those of a nightly run.
func benchmarkPredictive(tb testing.TB) (b *Blend, o PredictiveOptions, p Panel, s BlendScores, expected []float64) {
	tb.Helper()
	p = benchmarkPanel(benchmarkCustomers)
	m := model(tb, "bg-nbd", 0.5, 6, 0.8, 2.5)
	spend := GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	o = PredictiveOptions{
		Horizon: 156, Delta: 0.0018, Workers: 1,
		Prices: Prices{Margin: 0.3}, Spend: &spend,
		SpendCovariance: logCovariance([]float64{spend.P, spend.Q, spend.Gamma}, 0.02, 0.5),
	}
	b = Alone(m, logCovariance(m.theta, 0.02, 0.5))
	s = ScoreBlend(b, p, ScoreOptions{Horizon: o.Horizon, Delta: o.Delta, WithDECT: true, WithAliveTime: true})
	for i, x := range p.X {
		expected = append(expected, spend.ExpectedSpend(x, float64(10+i%20)))
	}
	return b, o, p, s, expected
}

// logCovariance is of parameters whose logarithms all have one standard error
// and one correlation.
func logCovariance(theta []float64, stdErr, correlation float64) [][]float64 {
	covariance := make([][]float64, len(theta))
	for i := range theta {
		for j := range theta {
			c := correlation
			if i == j {
				c = 1
			}
			covariance[i] = append(covariance[i], c*stdErr*stdErr*theta[i]*theta[j])
		}
	}
	return covariance
}

func BenchmarkPurchaseIntervals(b *testing.B) {
	blend, o, p, s, _ := benchmarkPredictive(b)
	for b.Loop() {
		predictive, err := NewPredictive(blend, o)
		require.NoError(b, err)
		predictive.Purchases(p, s)
	}
	reportRate(b, benchmarkCustomers)
}

func BenchmarkValues(b *testing.B) {
	blend, o, p, s, expected := benchmarkPredictive(b)
	costs := o
	costs.Prices = Prices{Margin: 0.3, PerOrder: 2, PerYearAlive: 3, UnitsPerYear: 52}
	for _, c := range []struct {
		name string
		o    PredictiveOptions
	}{{"no costs", o}, {"costs", costs}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				predictive, err := NewPredictive(blend, c.o)
				require.NoError(b, err)
				predictive.Values(p, s, Baskets{Spend: expected})
			}
			reportRate(b, benchmarkCustomers)
		})
	}
}

func BenchmarkTotal(b *testing.B) {
	blend, o, p, s, expected := benchmarkPredictive(b)
	for b.Loop() {
		predictive, err := NewPredictive(blend, o)
		require.NoError(b, err)
		predictive.Total(p, s, Spent{Mean: expected}, Baskets{Spend: expected})
	}
	reportRate(b, benchmarkCustomers)
}
