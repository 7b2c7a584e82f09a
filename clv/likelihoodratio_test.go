package clv

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
)

// simulateNBD draws customers who never leave.
func simulateNBD(rng *rand.Rand, customers int, r, alpha float64) Panel {
	rates := distuv.Gamma{Alpha: r, Beta: alpha, Src: rng}
	return shop(customers, func(int) (x, tx, t float64) {
		rate, end := rates.Rand(), 20+30*rng.Float64()
		for now := rng.ExpFloat64() / rate; now < end; now += rng.ExpFloat64() / rate {
			x, tx = x+1, now
		}
		return x, tx, end
	})
}

// Where nobody leaves, most fits give way to nbd, and the others hardly ever
// find that somebody does: a test at 5% is wrong less often than that.
func TestFitOfCustomersWhoStay(t *testing.T) {
	const panels = 60
	for _, name := range betaGeometrics {
		reduced, rejected := 0, 0
		for seed := range uint64(panels) {
			p := simulateNBD(rand.New(rand.NewPCG(31, seed)), 300, 0.8, 5)
			simple, err := FitModel("nbd", p, 1)
			require.NoError(t, err)
			full, err := FitModel(name, p, 1)
			require.NoError(t, err)
			test, err := LikelihoodRatio(simple, full)
			require.NoError(t, err)
			require.Equal(t, 2, test.DF)
			if test.P < 0.05 {
				rejected++
			}
			if full.Model.Name() == "nbd" {
				reduced++
				require.Contains(t, full.Note.String(), "the data cannot tell "+name+" from nbd")
				require.InDelta(t, 1, test.P, 0)
				require.Equal(t, simple.Params, full.Params)
			} else if test.Statistic < 2 && len(full.Held) == 0 {
				require.Contains(t, full.Note.String(), "the data hardly tell whether nobody leaves")
			}
		}
		t.Logf("%s: %d of %d reduced, %d rejected", name, reduced, panels, rejected)
		require.Greater(t, reduced, panels/2)
		require.LessOrEqual(t, rejected, panels/20)
	}
}

func TestLikelihoodRatio(t *testing.T) {
	p := smallPanel()
	full, err := FitModel("mbg-nbd", p, 1)
	require.NoError(t, err)
	simple, err := FitModel("nbd", p, 1)
	require.NoError(t, err)
	test, err := LikelihoodRatio(simple, full)
	require.NoError(t, err)
	require.InDelta(t, 2*(full.LogLikelihood-simple.LogLikelihood), test.Statistic, 1e-9)
	require.Greater(t, test.Statistic, 20.)
	require.Less(t, test.P, 1e-4)
	require.InDelta(t, distuv.ChiSquared{K: 2}.Survival(test.Statistic), test.P, 0)

	// The same customers in days.
	days, err := FitModel("nbd", scaleTimes(p, 7), 1)
	require.NoError(t, err)
	inDays, err := LikelihoodRatio(days, full)
	require.NoError(t, err)
	require.InEpsilon(t, test.Statistic, inDays.Statistic, 1e-9)
}

func TestLikelihoodRatioRefuses(t *testing.T) {
	p := smallPanel()
	fits := make(map[string]Fit)
	for _, name := range []string{"bg-nbd", "mbg-nbd", "nbd"} {
		fit, err := FitModel(name, p, 1)
		require.NoError(t, err)
		fits[name] = fit
	}
	fewer := Panel{X: p.X[1:], TX: p.TX[1:], T: p.T[1:]}
	other, err := FitModel("nbd", fewer, 1)
	require.NoError(t, err)
	for _, test := range []struct {
		name             string
		restricted, full Fit
		says             string
	}{
		{"not nested", fits["bg-nbd"], fits["mbg-nbd"], "not a nested pair of fits: mbg-nbd does not contain bg-nbd"},
		{"the wrong way round", fits["mbg-nbd"], fits["nbd"], "not a nested pair of fits: nbd does not contain mbg-nbd"},
		{"one model", fits["nbd"], fits["nbd"], "not a nested pair of fits: nbd does not contain nbd"},
		{"other data", other, fits["bg-nbd"], "not a nested pair of fits: fits to different panels: customers 399 and 400"},
		{"no fit", Fit{}, fits["bg-nbd"], "not a nested pair of fits: a fit has no model; use fits that FitModel returned"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := LikelihoodRatio(test.restricted, test.full)
			require.ErrorIs(t, err, ErrNotNested)
			require.EqualError(t, err, test.says)
		})
	}
}
