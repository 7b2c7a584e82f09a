package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
)

// countModels are the models whose time is counted in opportunities.
var countModels = []string{"bg-bb", "sbg"}

// donors are the 11,104 donors of Fader, Hardie and Shang (2010) in 22 cells.
func donors(t *testing.T) Panel {
	t.Helper()
	p := tablePanel(t, "donations.csv", "frequency", "recency", "periods")
	p.Weight = column(t, "donations.csv", "weights")
	return p
}

// The donations: the paper prints alpha 1.204, beta .750, gamma .657, delta
// 2.783; the digits beyond and the standard errors come from an independent
// Newton fit to a gradient below 1e-8 (shared/reference/clv-models.md, 2.3).
func TestFitDonations(t *testing.T) {
	fit, err := FitModel("bg-bb", donors(t), 2)
	require.NoError(t, err)
	require.True(t, fit.Converged)
	requireParams(t, published{
		params: []float64{1.2035223516, 0.7497163582, 0.6567182084, 2.7834422326}, paramTol: 1e-8,
		stdErrors: []float64{.069391, .029448, .051010, .320819}, stdErrTol: 2e-5,
	}, fit.Params)
	require.InDelta(t, -33225.58127435, fit.LogLikelihood, 1e-7)
	require.InDelta(t, 11_104, fit.Customers, 0)
	require.Equal(t, 22, fit.Rows)
}

// simulateCounts simulates customers opportunity by opportunity.
func simulateCounts(m *Model, rng *rand.Rand, customers int, watched func() float64) (p Panel) {
	contract := m.Name() == "sbg"
	for range customers {
		end, x, last := watched(), 0., 0.
		buys, leaves := 1., 0.
		if contract {
			leaves = distuv.Beta{Alpha: m.theta[0], Beta: m.theta[1], Src: rng}.Rand()
		} else {
			buys = distuv.Beta{Alpha: m.theta[0], Beta: m.theta[1], Src: rng}.Rand()
			leaves = distuv.Beta{Alpha: m.theta[2], Beta: m.theta[3], Src: rng}.Rand()
		}
		for now := 1.; now <= end && rng.Float64() >= leaves; now++ {
			if rng.Float64() < buys {
				x++
				last = now
			}
		}
		p.appendRow(x, last, end, 1)
	}
	return p
}

// A fit to simulated customers finds the parameters they were drawn from, to
// within four of its own standard errors; also by days, where opportunities are
// many and mostly missed.
func TestCountFitRecoversParameters(t *testing.T) {
	for _, c := range []struct {
		truth     *Model
		customers int
		end       float64
	}{
		{model(t, "bg-bb", 1.2, 0.75, 0.65, 2.8), 20_000, 6},
		{model(t, "bg-bb", 3, 8, 1.5, 30), 20_000, 40},
		{model(t, "bg-bb", 0.6, 30, 0.8, 200), 4_000, 700},
		{model(t, "sbg", 0.7, 1.2), 20_000, 8},
		{model(t, "sbg", 2, 40), 20_000, 30},
	} {
		rng := rand.New(rand.NewPCG(41, 42))
		p := simulateCounts(c.truth, rng, c.customers, func() float64 { return math.Ceil(c.end * (0.5 + rng.Float64()/2)) })
		fit, err := FitModel(c.truth.Name(), p, 2)
		require.NoError(t, err)
		for i, got := range fit.Params {
			require.InDelta(t, c.truth.theta[i], got.Value, 4*got.StdErr, "%s %s", c.truth.Name(), got.Name)
			require.Less(t, got.StdErr, c.truth.theta[i]/2, "%s %s", c.truth.Name(), got.Name)
		}
	}
}

// Order of rows, number of workers, and weights in place of repeated rows leave
// every bit of a fit as it was.
func TestCountFitSameBits(t *testing.T) {
	for _, truth := range []*Model{model(t, "bg-bb", 1.2, 0.75, 0.65, 2.8), model(t, "sbg", 0.7, 1.2)} {
		p := simulateCounts(truth, newRand(), 3000, func() float64 { return 9 })
		want, err := FitModel(truth.Name(), p, 1)
		require.NoError(t, err)
		for _, other := range []Panel{p.Merge(), shuffled(p, newRand())} {
			for _, workers := range []int{0, 3} {
				got, err := FitModel(truth.Name(), other, workers)
				require.NoError(t, err)
				require.Equal(t, want.Estimate, got.Estimate)
			}
		}
	}
}

// Data that leave parameters open give a fit in the others, and say so; where
// nothing can be pinned down, a known error and a finite point.
func TestCountFitNotIdentified(t *testing.T) {
	row := func(x, tx, end float64) Panel {
		return Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}, Weight: []float64{100}}
	}
	for _, c := range []struct {
		name, data string
		panel      Panel
		is         error
		note       string // some of it
	}{
		{"sbg", "nobody lapsed", row(9, 9, 9), ErrNotIdentified, "alpha/beta → 0: nobody lapses"},
		{"sbg", "all lapsed at one renewal", row(3, 3, 9), nil, "alpha, beta → ∞: all customers lapse with one probability"},
		{"sbg", "all lapsed at the first renewal", row(0, 0, 9), ErrNoRepeat, ""},
		{"bg-bb", "all bought always", row(9, 9, 9), ErrNotIdentified, "gamma/delta → 0: nobody leaves"},
		{"bg-bb", "all bought once, long ago", row(1, 1, 9000), nil, "all customers leave with one probability"},
		{"bg-bb", "all alike", row(40, 800, 1000), nil, "alpha, beta → ∞: all customers buy with one probability"},
		{"bg-bb", "farther than can be counted", row(1e14, 2e14, 1e15), nil, "gamma/delta → 0: nobody leaves"},
	} {
		fit, err := FitModel(c.name, c.panel, 1)
		require.ErrorIs(t, err, c.is, c.data)
		require.Contains(t, fit.Note.String(), c.note, c.data)
		if fit.Model != nil {
			require.Equal(t, err == nil, fit.Converged)
			requireFinite(t, fit.LogLikelihood, fit.GradNorm, fit.Model.CET(5, 1, 1, 1))
		}
	}
}

// Rows that are not counts of opportunities are refused in so many words.
func TestCountRowsRefused(t *testing.T) {
	for _, c := range []struct {
		model    string
		x, tx, t float64
		says     string
	}{
		{"bg-bb", 1, 2, 3.5, "bg-bb: t should be a whole number of opportunities to buy"},
		{"bg-bb", 1, 1.5, 3, "bg-bb: t_x should be a whole number of opportunities to buy"},
		{"bg-bb", 3, 2, 6, "bg-bb: x should not be above t_x: one purchase at an opportunity"},
		{"bg-bb", 0, 2, 6, "t_x should be 0 where x is 0"},
		{"sbg", 3, 3, 6.5, "sbg: t should be a whole number of renewals that have come up"},
		{"sbg", 3, 4, 6, "sbg: t_x should be x, the renewals made"},
	} {
		m := model(t, c.model, []float64{1, 2, 3, 4}[:len(familyParams(t, c.model))]...)
		err := m.CheckRow(c.x, c.tx, c.t)
		require.ErrorIs(t, err, ErrRow)
		require.ErrorContains(t, err, c.says)
		requireNaN(t, m.LogLikelihood(c.x, c.tx, c.t), m.PAlive(c.x, c.tx, c.t), m.CET(5, c.x, c.tx, c.t))
		_, err = FitModel(c.model, Panel{X: []float64{c.x}, TX: []float64{c.tx}, T: []float64{c.t}}, 1)
		require.ErrorIs(t, err, ErrRow)
	}
}
