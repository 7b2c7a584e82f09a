package simulate_test

import (
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"

	"clientele/clv"
	"clientele/simulate"
)

// Exports made from a model must give its parameters back.
//
// Models live in continuous time and exports in calendar days, which costs three
// things: two purchases on one day are one; t_x is off by up to a day; and t,
// from the first day to the last, is half a day short on average. The first is
// what matters. A purchase falls on the day of the one before with a chance of
// half its buyer's daily rate lambda, so that lambda - lambda^2/2 is what shows,
// and of lambda ~ Gamma(r, rate alpha)
//
//	(r+1)/(2 alpha) of all purchases are lost, alpha in days,
//	r comes out too high by twice that share and alpha by three times.
//
// The preset's own shoppers come every few weeks and lose 4%, which takes alpha
// four standard errors and more away from the truth at 20,000 customers. So the
// shops here sell what is bought every few years, over sixty years: three times
// the share lost is below a tenth of every standard error, as requireRecovered
// checks, and half a day in forty years is nothing beside it. Opportunities
// come once a week of just seven days, so that bg-bb and sbg lose nothing.

// madeBy gives the options of a shop made by a model, with no damage and no
// returns. Between them the shops use every unit.
func madeBy(t *testing.T, model string) simulate.Options {
	t.Helper()
	switch model {
	case "pareto-nbd":
		return decades(t, model, simulate.Month, map[string]float64{"r": 1.2, "alpha": 80, "s": 0.9, "beta": 350})
	case "bg-nbd":
		return decades(t, model, simulate.Week, map[string]float64{"r": 1.2, "alpha": 350, "a": 0.8, "b": 4})
	case "mbg-nbd":
		return decades(t, model, simulate.Month, map[string]float64{"r": 1.2, "alpha": 80, "a": 0.8, "b": 4})
	case "ggompertz-nbd":
		return decades(t, model, simulate.Month, map[string]float64{"r": 1.2, "alpha": 80, "b": 0.01, "s": 0.9, "beta": 8})
	case "bg-cnbd-k":
		return decades(t, model, simulate.Week, map[string]float64{"k": 2, "r": 1.2, "alpha": 175, "a": 0.8, "b": 4})
	case "mbg-cnbd-k":
		return decades(t, model, simulate.Month, map[string]float64{"k": 3, "r": 1.2, "alpha": 27, "a": 0.8, "b": 4})
	case "nbd":
		return decades(t, model, simulate.Day, map[string]float64{"r": 0.8, "alpha": 3600})
	case "bg-bb":
		return aYear(t, model, map[string]float64{"alpha": 1.2, "beta": 1.8, "gamma": 0.7, "delta": 6})
	case "sbg":
		return aYear(t, model, map[string]float64{"alpha": 0.7, "beta": 3})
	}
	require.Fail(t, "no shop is made by "+model+", give madeBy one")
	return simulate.Options{}
}

// decades is a shop whose customers come in its first twenty years and are
// watched for forty to sixty.
func decades(t *testing.T, model string, unit simulate.Unit, params map[string]float64) simulate.Options {
	t.Helper()
	o, err := simulate.Preset(simulate.Pure)
	require.NoError(t, err)
	o.Customers, o.Seed = 20_000, 314
	o.Model, o.Unit, o.Params = model, unit, params
	o.Spend = simulate.Spend{P: 2.5, Q: 4.5, Gamma: 90}
	o.Start = time.Date(1960, time.January, 1, 0, 0, 0, 0, time.UTC)
	o.End = time.Date(2019, time.December, 31, 0, 0, 0, 0, time.UTC)
	o.AcquisitionDays = 20 * 365
	return o
}

// aYear is a shop with an opportunity a week, whose customers come in its first
// half year and have seen 26 to 51 of them.
func aYear(t *testing.T, model string, params map[string]float64) simulate.Options {
	t.Helper()
	o := decades(t, model, simulate.Week, params)
	o.AcquisitionDays = 26 * 7
	o.End = o.Start.AddDate(0, 0, 52*7-1)
	return o
}

// readBack reduces a shop's export to what its model is fitted to.
func readBack(t *testing.T, o simulate.Options) sample {
	t.Helper()
	s := reduce(t, o)
	require.Len(t, s.X, o.Customers)
	if o.Model == "bg-bb" || o.Model == "sbg" {
		return s.inOpportunities(t)
	}
	return s
}

// fitLife fits the model that made the sample, and wants no other.
func fitLife(t *testing.T, o simulate.Options, s sample) clv.Estimate {
	t.Helper()
	f, err := clv.FitModel(o.Model, s.Panel, 2)
	require.NoError(t, err)
	require.Equal(t, o.Model, f.Model.Name(), f.Note)
	require.True(t, f.Converged, f.Note)
	require.Empty(t, f.Held, f.Note)
	if k, found := o.Params["k"]; found {
		return withoutK(t, f.Estimate, k)
	}
	return f.Estimate
}

// withoutK is an estimate with the right k, which has no error, left out.
func withoutK(t *testing.T, e clv.Estimate, k float64) clv.Estimate {
	t.Helper()
	require.Equal(t, "k", e.Params[0].Name)
	require.InDelta(t, k, e.Params[0].Value, 0)
	e.Params, e.Covariance = e.Params[1:], e.Covariance[1:]
	for i, row := range e.Covariance {
		e.Covariance[i] = row[1:]
	}
	return e
}

// fitSpend fits the spend of the sample's repeat purchases.
func fitSpend(t *testing.T, s sample) clv.Estimate {
	t.Helper()
	f, err := clv.FitGammaGamma(s.X, s.spend, nil, 2)
	require.NoError(t, err)
	require.True(t, f.Converged, f.Note)
	return f.Estimate
}

// truthOf is spend by the letters of its parameters.
func truthOf(s simulate.Spend) map[string]float64 {
	return map[string]float64{"p": s.P, "q": s.Q, "gamma": s.Gamma}
}

// Every lifetime model finds the parameters of the shop that it made.
func TestLifetimeModelsAreRecovered(t *testing.T) {
	for _, model := range clv.ModelNames() {
		t.Run(model, func(t *testing.T) {
			o := madeBy(t, model)
			s := readBack(t, o)
			truth := maps.Clone(o.Params)
			delete(truth, "k")
			requireRecovered(t, truth, fitLife(t, o, s), s.merged)
		})
	}
}

// The gamma-gamma model finds the parameters of spend, also of spend so uneven
// that most purchases come to less than half of the mean.
func TestSpendIsRecovered(t *testing.T) {
	o := madeBy(t, "mbg-nbd")
	for _, spend := range []simulate.Spend{o.Spend, {P: 0.9, Q: 2.5, Gamma: 400}} {
		o.Spend = spend
		s := readBack(t, o)
		requireRecovered(t, truthOf(spend), fitSpend(t, s), s.merged)
	}
}

// unlikely is the chance at which a sum of squares is taken for wrong; that of
// four standard errors.
const unlikely = 6e-5

// requireRecovered wants each parameter within four of its standard errors of
// the truth, and these small; all parameters together as near as their
// covariance says, as the strong correlation of say s and beta would hide an
// error from each alone; and so few purchases merged that they do not matter.
func requireRecovered(t *testing.T, truth map[string]float64, got clv.Estimate, merged float64) {
	t.Helper()
	require.Len(t, got.Params, len(truth))
	for _, p := range got.Params {
		want := truth[p.Name]
		require.InDelta(t, want, p.Value, 4*p.StdErr, "%s, standard error %v", p.Name, p.StdErr)
		require.Less(t, p.StdErr, want/10, p.Name)
		require.Less(t, 3*merged, p.StdErr/p.Value/10, "too many purchases merged to tell %s", p.Name)
	}
	z, squares := standardised(t, truth, got)
	t.Logf("errors %.2f in standard errors, sum of squares %.2f", z, squares)
	require.Less(t, squares, distuv.ChiSquared{K: float64(len(truth))}.Quantile(1-unlikely))
}
