package clv

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// withGaps is weeksTo with LnGaps.
func withGaps(t *testing.T, customers []purchaseDays, last string) Panel {
	t.Helper()
	p, _ := weeksTo(t, customers, last)
	p.LnGaps = lnGapsOf(customers)
	return p
}

// lnGapsOf are the sums of the logarithms of customers' gaps, in weeks.
func lnGapsOf(customers []purchaseDays) (sums []float64) {
	for _, c := range customers {
		sum := 0.0
		for i, d := range c.days[1:] {
			sum += math.Log(weeks(c.days[i], d))
		}
		sums = append(sums, sum)
	}
	return sums
}

// condensedFits are of BTYDplus 1.2.0, to whose optimiser the tolerances leave room
// (shared/reference/clv-models.md, 2.2 and 2.6). It has no parameters for k = 3 and 4.
var condensedFits = []struct {
	data, model   string
	k             int
	params        []float64 // r, alpha, a, b
	logLikelihood float64
}{
	{"cdnow", "bg-cnbd-k", 2, []float64{0.22691704, 1.46291785, 0.94399573, 2.07431576}, -9855.32697},
	{"cdnow", "bg-cnbd-k", 3, nil, -10393.56505},
	{"cdnow", "mbg-cnbd-k", 2, []float64{0.57990804, 2.28819949, 1.13433078, 1.58477857}, -9853.25313},
	{"cdnow", "mbg-cnbd-k", 3, nil, -10394.36265},
	{"grocery", "bg-cnbd-k", 2, []float64{0.35906101, 1.12938745, 0.52281320, 2.78534141}, -15054.1729},
	{"grocery", "mbg-cnbd-k", 2, []float64{1.32919727, 2.81260033, 0.42471558, 0.79004022}, -14978.2107},
	{"grocery", "mbg-cnbd-k", 3, nil, -14996.8504},
	{"grocery", "mbg-cnbd-k", 4, nil, -15326.9226},
}

func condensedPanel(t *testing.T, data string) Panel {
	t.Helper()
	if data == "cdnow" {
		const last = "1997-09-30"
		return withGaps(t, readLog(t, "cdnow_sample.csv", "sample_id", "date", "dollar_value", last), last)
	}
	const last = "2006-12-31"
	return withGaps(t, readLog(t, "groceryElog.csv", "cust", "date", "", last), last)
}

func TestFitCondensedReference(t *testing.T) {
	for _, c := range condensedFits {
		t.Run(fmt.Sprintf("%s %s %d", c.data, c.model, c.k), func(t *testing.T) {
			fit, err := FitModelWith(c.model, condensedPanel(t, c.data), FitOptions{K: c.k, Workers: 2})
			require.NoError(t, err)
			require.True(t, fit.Converged)
			require.Empty(t, fit.Note.String())
			require.InDelta(t, c.logLikelihood, fit.LogLikelihood, 1e-3)
			require.GreaterOrEqual(t, fit.LogLikelihood, c.logLikelihood-1e-4) // no optimiser does better
			require.InDelta(t, 8-2*fit.LogLikelihood, fit.AIC, 1e-9)           // k is none of four
			require.Equal(t, Param{Name: "k", Value: float64(c.k)}, withoutError(fit.Params[0]))
			for i, want := range c.params {
				requireClose(t, want, fit.Params[1+i].Value, 2e-3, fit.Params[1+i].Name)
			}
		})
	}
}

func withoutError(p Param) Param {
	p.StdErr = 0
	return p
}

// How regular customers are is found: CDNOW's are not, the grocery's are.
func TestFitCondensedFindsK(t *testing.T) {
	for _, c := range []struct {
		data, model string
		k           float64
	}{
		{"cdnow", "bg-cnbd-k", 1},
		{"cdnow", "mbg-cnbd-k", 1},
		{"grocery", "bg-cnbd-k", 2},
		{"grocery", "mbg-cnbd-k", 2},
	} {
		fit, err := FitModel(c.model, condensedPanel(t, c.data), 2)
		require.NoError(t, err)
		require.Equal(t, c.k, fit.Params[0].Value, "%s %s", c.data, c.model) //nolint:testifylint // a whole number
	}
}

// With k = 1 the models are BG/NBD and MBG/NBD.
func TestFitCondensedOne(t *testing.T) {
	p := condensedPanel(t, "cdnow")
	for name, plain := range map[string]string{"bg-cnbd-k": "bg-nbd", "mbg-cnbd-k": "mbg-nbd"} {
		got, err := FitModel(name, p, 1)
		require.NoError(t, err)
		want, err := FitModel(plain, p, 1)
		require.NoError(t, err)
		require.Equal(t, want.Params, got.Params[1:])
		require.Equal(t, want.LogLikelihood, got.LogLikelihood) //nolint:testifylint // the very same number
		require.Equal(t, want.AIC, got.AIC)                     //nolint:testifylint // the very same number
	}
}
