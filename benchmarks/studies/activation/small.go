package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"clientele/segment/experiment"
)

// spending is a way in which few customers bring money: a share of them buys, for lognormal
// or gamma-gamma amounts.
type spending struct {
	name   string
	buyers float64
	amount func(dice *rand.Rand) float64 // mean 40
}

var spendings = []spending{
	{"3% buy, lognormal σ 1", .03, lognormal(1)},
	{"15% buy, lognormal σ 1", .15, lognormal(1)},
	{"15% buy, lognormal σ 1.5", .15, lognormal(1.5)},
	{"15% buy, gamma-gamma p 6, q 3.5", .15, gammaGamma(6, 3.5)},
	{"50% buy, lognormal σ 1", .5, lognormal(1)},
}

func lognormal(sigma float64) func(dice *rand.Rand) float64 {
	return func(dice *rand.Rand) float64 { return 40 * math.Exp(sigma*dice.NormFloat64()-sigma*sigma/2) }
}

func gammaGamma(p, q float64) func(dice *rand.Rand) float64 {
	return func(dice *rand.Rand) float64 {
		rate := distuv.Gamma{Alpha: q, Beta: 1, Src: dice}.Rand()
		return 40 * (q - 1) / p * distuv.Gamma{Alpha: p, Beta: rate, Src: dice}.Rand()
	}
}

// small compares Welch's interval with what is published, for small audiences of which a
// fifth is in control and few buy. Treated customers buy more or less often by a factor.
func (o options) small(_ context.Context, out io.Writer) error {
	heading(out, "Small arms and heavy tails, a fifth in control: intervals that miss the truth, in hundredths",
		"spending", "customers", "buyers in control, if nothing is done", "purchases of the treated", "Welch above", "below", "published above", "below", "without interval")
	for _, s := range spendings {
		for _, n := range []int{100, 300, 1000} {
			for _, factor := range []float64{1, 1.5, .5} {
				var welch tally
				t := o.repeat(func(r int) tally { return s.play(n, factor, r) })
				welch.above, welch.below = t.aboveCuped, t.belowCuped
				line(out, s.name, n, control*s.buyers*float64(n), fmt.Sprintf("× %g", factor), percent(welch.above, t.played), percent(welch.below, t.played),
					percent(t.above, t.told), percent(t.below, t.told), percent(t.played-t.told, t.played))
			}
		}
	}
	return nil
}

func (s spending) play(n int, factor float64, round int) tally {
	dice := rand.New(rand.NewPCG(uint64(round), uint64(n)))
	truth := (factor - 1) * s.buyers * 40
	treated, share, y := make([]bool, n), make([]float64, n), make([]float64, n)
	var arms [2][]float64
	for i := range y {
		treated[i], share[i] = float64(i) >= control*float64(n), control
		p, arm := s.buyers, 0
		if treated[i] {
			p, arm = p*factor, 1
		}
		if dice.Float64() < p {
			y[i] = s.amount(dice)
		}
		arms[arm] = append(arms[arm], y[i])
	}
	t := tally{played: 1}
	// Welch's interval stands where CUPED's does elsewhere.
	if low, high := welch(arms[1], arms[0]); low > truth {
		t.aboveCuped = 1
	} else if high < truth {
		t.belowCuped = 1
	}
	a := experiment.NewArms(treated, share)
	if !a.Enough(y) {
		return t
	}
	t.told = 1
	if e := a.Difference(y); e.Low > truth {
		t.above = 1
	} else if e.High < truth {
		t.below = 1
	}
	return t
}

// welch is the textbook's 90% interval, worked out here by itself.
func welch(a, b []float64) (low, high float64) {
	meanA, varA := stat.MeanVariance(a, nil)
	meanB, varB := stat.MeanVariance(b, nil)
	va, vb := varA/float64(len(a)), varB/float64(len(b))
	if va+vb == 0 {
		return 0, 0
	}
	nu := (va + vb) * (va + vb) / (va*va/float64(len(a)-1) + vb*vb/float64(len(b)-1))
	half := distuv.StudentsT{Sigma: 1, Nu: nu}.Quantile(.95) * math.Sqrt(va+vb)
	return meanA - meanB - half, meanA - meanB + half
}
