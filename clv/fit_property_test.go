package clv

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// smallPanel is a panel that every model can be fitted to.
func smallPanel() Panel {
	return betaGeometric{first: 1, r: 0.6, alpha: 6, a: 0.9, b: 1.6}.simulate(
		rand.New(rand.NewPCG(5, 6)), 400, func() float64 { return 39 })
}

// requireDerivatives holds the gradient to differences of the value, and the
// Hessian to those of the gradient, at one row.
func requireDerivatives(t *rapid.T, l likelihood, theta []float64) {
	const step = 1e-3
	for i := range theta {
		var s [5]slope // at theta[i] times 1-2step, ..., 1+2step
		for k := range s {
			moved := slices.Clone(theta)
			moved[i] *= 1 + step*float64(k-2)
			l.at(moved, 1)()(0, &s[k])
		}
		requireDifference(t, s[2].g[i], step*theta[i], func(k int) float64 { return s[k].f })
		for j := range theta {
			requireDifference(t, s[2].h[max(i, j)][min(i, j)], step*theta[i], func(k int) float64 { return s[k].g[j] })
		}
	}
}

// requireDifference holds a derivative to the five-point difference of values
// width apart, to within what that can show: rounding of the values, and the
// fourth power of the step.
func requireDifference(t *rapid.T, derivative, width float64, at func(k int) float64) {
	difference := (8*(at(3)-at(1)) - (at(4) - at(0))) / (12 * width)
	rounding := 1e-12 * (math.Abs(at(4)) + math.Abs(at(0)) + 1) / width
	require.InDelta(t, derivative, difference, rounding+1e-8*math.Abs(derivative))
}

func TestDerivatives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theta := make([]float64, 4)
		for i := range theta {
			theta[i] = math.Exp(rapid.Float64Range(-3, 4).Draw(t, "ln parameter"))
		}
		x := math.Floor(math.Exp(rapid.Float64Range(0, 6).Draw(t, "ln x"))) - 1
		end := rapid.Float64Range(0, 200).Draw(t, "t")
		tx := 0.
		if x > 0 {
			tx = end * rapid.Float64Range(0, 1).Draw(t, "t_x/t")
		}
		p := Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}, Weight: []float64{1}}
		for _, name := range betaGeometrics {
			f, err := familyOf(name)
			require.NoError(t, err)
			requireDerivatives(t, f.likelihood(p), theta)
		}
		if x > 0 {
			requireDerivatives(t, gammaGammaLikelihood(Panel{X: p.X, T: []float64{end + 0.1}, Weight: p.Weight}, 1), theta[:3])
		}
	})
}

// The likelihood that is maximised is the one that the model reports.
func TestFitMaximisesLogLikelihood(t *testing.T) {
	p := smallPanel()
	for _, name := range betaGeometrics {
		fit, err := FitModel(name, p, 1)
		require.NoError(t, err)
		params := make(map[string]float64)
		for _, param := range fit.Params {
			params[param.Name] = param.Value
		}
		for _, param := range fit.Params {
			for _, factor := range []float64{0.99, 1.01} {
				params[param.Name] = param.Value * factor
				m, err := NewModel(name, params)
				require.NoError(t, err)
				sum := 0.
				for i := range p.X {
					sum += m.LogLikelihood(p.X[i], p.TX[i], p.T[i])
				}
				require.Less(t, sum, fit.LogLikelihood, "%s %s", name, param.Name)
			}
			params[param.Name] = param.Value
		}
	}
}

// Times in another unit: LL - (sum x) ln c, alpha times c, nothing else.
func TestFitUnitChange(t *testing.T) {
	p := smallPanel()
	sumX := 0.
	for _, x := range p.X {
		sumX += x
	}
	for _, name := range betaGeometrics {
		before, err := FitModel(name, p, 1)
		require.NoError(t, err)
		for _, c := range []float64{7, 1. / 4.345, 604_800} {
			after, err := FitModel(name, scaleTimes(p, c), 1)
			require.NoError(t, err)
			requireClose(t, before.LogLikelihood-sumX*math.Log(c), after.LogLikelihood, 1e-12)
			for i, param := range before.Params {
				if param.Name == "alpha" {
					param.Value, param.StdErr = param.Value*c, param.StdErr*c
				}
				requireClose(t, param.Value, after.Params[i].Value, 1e-7, param.Name)
				requireClose(t, param.StdErr, after.Params[i].StdErr, 1e-6, param.Name)
			}
		}
	}
}

func scaleTimes(p Panel, c float64) Panel {
	scaled := Panel{X: p.X, Weight: p.Weight}
	for i := range p.X {
		scaled.TX, scaled.T = append(scaled.TX, p.TX[i]*c), append(scaled.T, p.T[i]*c)
	}
	return scaled
}

// shuffled is the panel in another order.
func shuffled(p Panel, rng *rand.Rand) Panel {
	var s Panel
	for _, i := range rng.Perm(p.Len()) {
		s.appendRow(p.X[i], p.TX[i], p.T[i], p.weight(i))
	}
	return s
}

// Order of rows, number of workers, and weights in place of repeated rows leave
// every bit of a fit as it was.
func TestFitSameBits(t *testing.T) {
	p := smallPanel()
	var repeated Panel
	rng := rand.New(rand.NewPCG(7, 8))
	weighted := Panel{X: p.X, TX: p.TX, T: p.T}
	for i := range p.X {
		n := rng.IntN(10)
		weighted.Weight = append(weighted.Weight, float64(n))
		for range n {
			repeated.appendRow(p.X[i], p.TX[i], p.T[i], 1)
		}
	}
	for _, name := range betaGeometrics {
		want, err := FitModel(name, weighted, 1)
		require.NoError(t, err)
		for _, other := range []Panel{repeated, shuffled(repeated, rng), shuffled(weighted, rng)} {
			for _, workers := range []int{0, 1, 3, 16} {
				got, err := FitModel(name, other, workers)
				require.NoError(t, err)
				require.Equal(t, want.Estimate, got.Estimate)
				require.Equal(t, want.Model.theta, got.Model.theta)
			}
		}
	}
}

func TestFitGammaGammaSameBits(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	x, spend := GammaGamma{P: 6, Q: 4, Gamma: 15}.simulate(rng, 3000)
	want, err := FitGammaGamma(x, spend, nil, 1)
	require.NoError(t, err)

	order := rng.Perm(len(x))
	var otherX, otherSpend, weight []float64
	for _, i := range order {
		otherX, otherSpend, weight = append(otherX, x[i]), append(otherSpend, spend[i]), append(weight, 1)
	}
	got, err := FitGammaGamma(otherX, otherSpend, weight, 5)
	require.NoError(t, err)
	require.Equal(t, want, got)

	// Another currency scales gamma and moves the density of m, nothing else.
	for i := range otherSpend {
		otherSpend[i] *= 150
	}
	yen, err := FitGammaGamma(otherX, otherSpend, nil, 1)
	require.NoError(t, err)
	requireClose(t, want.Model.P, yen.Model.P, 1e-8)
	requireClose(t, want.Model.Q, yen.Model.Q, 1e-8)
	requireClose(t, want.Model.Gamma*150, yen.Model.Gamma, 1e-8)
	requireClose(t, want.LogLikelihood-3000*math.Log(150), yen.LogLikelihood, 1e-10)
}

func TestMergeKeepsCustomers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p Panel
		for range rapid.IntRange(0, 30).Draw(t, "rows") {
			x := float64(rapid.IntRange(0, 2).Draw(t, "x"))
			tx := min(x, 1) * float64(rapid.IntRange(0, 1).Draw(t, "t_x"))
			p.appendRow(x, tx, 2, float64(rapid.IntRange(0, 3).Draw(t, "weight")))
		}
		require.NoError(t, p.Validate())
		m := p.Merge()
		require.NoError(t, m.Validate())
		require.Equal(t, m, m.Merge())
		require.Equal(t, m, shuffled(p, rand.New(rand.NewPCG(1, uint64(p.Len())))).Merge())
		before, after := 0., 0.
		for _, w := range p.Weight {
			before += w
		}
		for i, w := range m.Weight {
			require.Positive(t, w)
			after += w
			if i > 0 {
				before := row{x: m.X[i-1], tx: m.TX[i-1], t: m.T[i-1]}
				require.Negative(t, before.compare(row{x: m.X[i], tx: m.TX[i], t: m.T[i]}))
			}
		}
		require.InDelta(t, before, after, 0)
	})
}
