package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// contracts are the customers of a cohort of Fader and Hardie (2007): those who
// lapsed in each year, and those who were left in the last.
func contracts(t *testing.T, cohort string) (p Panel) {
	t.Helper()
	var years, survivors []float64
	for _, row := range readTable(t, "data", "sbg_fader_hardie_2007.csv") {
		if row["cohort"] == cohort {
			years = append(years, number(t, row, "year"))
			survivors = append(survivors, number(t, row, "survivors"))
		}
	}
	last := len(years) - 1
	for i := range last {
		p.appendRow(years[i], years[i], years[last], survivors[i]-survivors[i+1])
	}
	p.appendRow(years[last], years[last], years[last], survivors[last])
	return p
}

// Fader and Hardie (2007), table 1: the fit and the survival curve of the
// "regular" customers, by an independent Newton fit (clv-models.md, 2.4).
func TestFitContracts(t *testing.T) {
	fit, err := FitModel("sbg", contracts(t, "regular"), 1)
	require.NoError(t, err)
	require.True(t, fit.Converged)
	requireParams(t, published{params: []float64{.7040772985, 1.1820430262}, paramTol: 1e-9}, fit.Params)
	require.InDelta(t, -1680.26518846, fit.LogLikelihood, 1e-8)
	require.InDelta(t, 1000, fit.Customers, 0)
	for i, survival := range []float64{
		.626706, .473819, .387974, .332068, .292347, .262456, .239024, .220085, .204411, .191190, .179865, .170037,
	} {
		want{survival, 6e-7}.require(t, fit.Model.PAliveAt(float64(i+1), 0, 0, 0), "S(%d)", i+1)
	}
}

// The "high end" customers: the paper prints alpha .668, beta 3.806 and LL
// -1611.2.
func TestFitHighEndContracts(t *testing.T) {
	fit, err := FitModel("sbg", contracts(t, "highend"), 1)
	require.NoError(t, err)
	want{.668, 5e-4}.require(t, fit.Params[0].Value)
	want{3.806, 5e-4}.require(t, fit.Params[1].Value)
	want{-1611.2, 0.05}.require(t, fit.LogLikelihood)
}

// The discounted expected residual lifetime of Fader and Hardie (2010), eq. (6),
// at d = 0.1 for a customer who has paid for n periods,
//
//	(β+n-1)/(α+β+n-1) 2F1(1, β+n; α+β+n; 1/(1+d)),
//
// by mpmath 1.3 with mp.dps = 40. It is taken just before the next renewal, ours
// a period before that.
func TestResidualLifetime(t *testing.T) {
	for _, c := range []struct{ alpha, beta, n, derl float64 }{
		{0.668, 3.806, 1, 5.4148560483740405746},
		{0.668, 3.806, 2, 5.9017531677530224077},
		{0.668, 3.806, 5, 6.8970573977460908511},
		{3.8, 15.2, 1, 3.309818421025369616},
		{3.8, 15.2, 5, 3.8421340240269188596},
	} {
		got := model(t, "sbg", c.alpha, c.beta).DECT(math.Inf(1), math.Log(1.1), c.n-1, c.n-1, c.n-1)
		requireClose(t, c.derl, 1.1*got, 1e-14, "%v", c)
	}
}
