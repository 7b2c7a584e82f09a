package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat"

	"clientele/segment/experiment"
)

// plant is a campaign of a known effect: by what factor a contact moves a customer's rate.
type plant struct {
	name   string
	factor func(p person) float64
}

var plants = []plant{
	{"none", func(person) float64 { return 1 }},
	{"+30%", func(person) float64 { return 1.3 }},
	{"−30%", func(person) float64 { return .7 }},
	{"decline +100%, others none", func(p person) float64 {
		if p.stage == "decline" {
			return 2
		}
		return 1
	}},
	{"decline +100%, stability −30%", func(p person) float64 {
		switch p.stage {
		case "decline":
			return 2
		case "stability":
			return .7
		}
		return 1
	}},
}

// planted plays campaigns of known effects on simulated customers.
func (o options) planted(_ context.Context, out io.Writer) error {
	heading(out, "Campaigns of known effects, on simulated customers: intervals that miss the truth, in hundredths",
		"effect", "customers", "truth", "without interval", "plain above", "below", "CUPED above", "below", "sample ratio", "balance < .05",
		"variance left by CUPED", "1 − ρ²")
	for _, n := range []int{500, 2000} {
		for _, p := range plants {
			of := people(n, rand.New(rand.NewPCG(1, uint64(n))))
			truth := 0.0
			for _, c := range of {
				truth += (p.factor(c) - 1) * c.expects() / float64(n)
			}
			t := o.repeat(func(r int) tally { return p.play(of, r, truth) })
			left := stat.Variance(t.effectsAdjusted, nil) / stat.Variance(t.effects, nil)
			line(out, p.name, n, truth, percent(t.played-t.told, t.played), percent(t.above, t.told), percent(t.below, t.told),
				percent(t.aboveCuped, t.told), percent(t.belowCuped, t.told), fmt.Sprintf("%d of %d", t.ratioAlarms, t.played),
				percent(t.unbalanced, t.played), fmt.Sprintf("%.3f", left), fmt.Sprintf("%.3f", 1-t.rho2/float64(t.told)))
		}
	}
	return nil
}

func (p plant) play(of []person, round int, truth float64) tally {
	dice := rand.New(rand.NewPCG(uint64(round), 2))
	treated, share := make([]bool, len(of)), make([]float64, len(of))
	y, x := make([]float64, len(of)), make([]float64, len(of))
	for i, c := range of {
		treated[i], share[i], x[i] = dice.Float64() >= control, control, c.future
		factor := 1.
		if treated[i] {
			factor = p.factor(c)
		}
		y[i] = c.brings(factor, dice)
	}
	return judge(experiment.NewArms(treated, share), y, x, truth)
}
