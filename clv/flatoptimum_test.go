package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// A maximum far out on a flat ridge is one all the same: customers simulated from
// r 6, alpha 1000, s 0.6, beta 900. The values come from an optimiser and a
// quadrature of other make (shared/cases/case47).
func TestFitParetoFlatMaximum(t *testing.T) {
	var p Panel
	for _, row := range readTable(t, "cases", "case47", "s.csv") {
		p.appendRow(number(t, row, "x"), number(t, row, "t_x"), number(t, row, "t"), 1)
	}
	fit, err := FitModel("pareto-nbd", p, 2)
	require.NoError(t, err)
	require.Empty(t, fit.Held)
	require.Equal(t, "the data hardly tell whether all customers leave at one rate (log-likelihood lower by 0.009)", fit.Note.String())
	require.InDelta(t, -34014.20027, fit.LogLikelihood, 5e-6)
	for i, want := range []float64{6.61477, 1105.748, 10.9572, 19422.2} {
		require.InEpsilon(t, want, fit.Params[i].Value, 1e-5, fit.Params[i].Name)
	}
	require.Greater(t, fit.Params[iS].StdErr, 5*fit.Params[iS].Value) // s is anybody's guess, and says so
}

// Each family has such maxima: along the ridge the log-likelihood falls both ways,
// however little, with all else at its best.
func TestFitFlatMaxima(t *testing.T) {
	leaving := func(rng *rand.Rand) Panel {
		return betaGeometric{first: 1, r: 2, alpha: 10, a: 100, b: 1000}.simulate(rng, 150, func() float64 {
			return 20 + math.Floor(40*rng.Float64())
		})
	}
	donating := func(rng *rand.Rand) Panel {
		return simulateCounts(model(t, "bg-bb", 200, 100, 10, 100), rng, 150, func() float64 { return 12 })
	}
	spending := func(rng *rand.Rand) Panel {
		x, spend := GammaGamma{P: 6, Q: 1e5, Gamma: 15e5}.simulate(rng, 150)
		return Panel{X: x, TX: make([]float64, len(x)), T: spend}
	}
	const (
		leave = "the data hardly tell whether all customers leave with one probability (log-likelihood lower by "
		buy   = "the data hardly tell whether all customers buy with one probability (log-likelihood lower by "
		spend = "the data hardly tell whether all customers spend alike (log-likelihood lower by "
	)
	for _, c := range []struct {
		family family
		seed   uint64
		draw   func(rng *rand.Rand) Panel // of gamma-gamma with the mean spend in T
		weak   int                        // a parameter that one might take for running
		note   string
	}{
		{betaGeometricFamily("bg-nbd", 0), 12, leaving, iA, leave + "0.0058)"},
		{betaGeometricFamily("mbg-nbd", 1), 9, leaving, iA, leave + "0.0019)"},
		{bgbbFamily(), 21, donating, iBBAlpha, buy + "0.0086); " + leave + "0.32)"},
		{gammaGammaFamily, 40, spending, iQ, spend + "0.0021)"},
	} {
		t.Run(c.family.name, func(t *testing.T) {
			p := c.draw(rand.New(rand.NewPCG(80, c.seed))).Merge()
			means, err := meansOf(p)
			require.NoError(t, err)
			search := problem{
				family: c.family, panel: p.inUnit(c.family.timeUnit(means.t)), unit: c.family.timeUnit(means.t),
				customers: means.customers, meanX: means.x, workers: 1, evaluations: new(int),
			}
			best := search.search(nil)
			require.Equal(t, c.note, best.note().String())
			require.Empty(t, best.heldNames())
			require.Greater(t, best.logErrors()[c.weak], 6.)
			for _, factor := range []float64{0.1, 10, 1000} {
				logs := append([]float64(nil), best.logs...)
				logs[c.weak] += math.Log(factor)
				held := best.holdAt(logs, c.weak)
				require.Less(t, held.slope.f, best.slope.f-1e-6, "%v times", factor)
			}
		})
	}
}
