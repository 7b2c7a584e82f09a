package rfm

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestGoldenScoresOfR: the tables of the R package rfm 0.3.0 (shared/data,
// SOURCES-retail.md), every score of every customer, and the edges that R shows
// to so many digits.
func TestGoldenScoresOfR(t *testing.T) {
	for _, c := range []struct {
		file    string
		r, f, m []float64
	}{
		{"rfm-r-orders.golden-0.3.0.csv", []float64{115, 181, 297.4, 482}, []float64{4, 5, 6, 8}, []float64{255.8, 382, 506.4, 666}},
		{"uci-online-retail.rfm-r-golden.csv", []float64{14.8, 34, 73, 181}, []float64{2, 3, 4, 7}, []float64{251.194, 491.096, 943.276, 2059.426}},
	} {
		t.Run(c.file, func(t *testing.T) {
			get := golden(t, c.file)
			days, orders, amount := get("recency_days"), get("transaction_count"), get("amount")
			cuts, _, err := Fit("", days, orders, amount, Options{Method: MethodRRFM})
			require.NoError(t, err)
			require.NoError(t, cuts.Validate())
			require.Equal(t, "r-rfm", cuts.Method)
			require.InDeltaSlice(t, c.r, cuts.Recency, 1e-9)
			require.InDeltaSlice(t, c.f, cuts.Frequency, 1e-9)
			require.InDeltaSlice(t, c.m, cuts.Monetary, 1e-9)
			s := cuts.Score(days, orders, amount)
			require.Equal(t, get("recency_score"), asFloats(s.R))
			require.Equal(t, get("frequency_score"), asFloats(s.F))
			require.Equal(t, get("monetary_score"), asFloats(s.M))
			code := make([]float64, len(days))
			for i := range code {
				code[i] = float64(100*int(s.R[i]) + 10*int(s.F[i]) + int(s.M[i]))
			}
			require.Equal(t, get("rfm_score"), code)
		})
	}
}

func asFloats(scores []int8) []float64 {
	f := make([]float64, len(scores))
	for i, s := range scores {
		f[i] = float64(s)
	}
	return f
}
