package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"sync"

	"clientele/benchmarks/studies/published"
	"clientele/internal/calendar"
	"clientele/internal/concurrent"
	"clientele/segment/experiment"
)

// tally counts what was said of campaigns.
type tally struct {
	played, told             int // told: there was an interval
	above, below             int // intervals that lie above and below the truth
	aboveCuped, belowCuped   int
	ratioAlarms, unbalanced  int
	effects, effectsAdjusted []float64
	rho2                     float64
}

// share of control in all campaigns here.
const control = 0.2

// column is an audience whose customers bring what they bring.
type column struct {
	ids  []string
	y, x []float64
}

// few takes so many customers at most, by lot.
const few = 3000

// audience are the customers of a scene, what they spent in the window, and the forecast.
func (s scene) audience(w calendar.Day, keep func(published.Customer) bool) (a column) {
	var of []published.Customer
	for _, c := range s.night.Customers {
		if keep(c) {
			of = append(of, c)
		}
	}
	share := few / float64(len(of))
	for _, c := range of {
		if experiment.Draw("few", s.shop, c.ID) >= share {
			continue
		}
		a.ids = append(a.ids, c.ID)
		a.y = append(a.y, s.between(c.ID, s.night.Day, s.night.Day+w))
		a.x = append(a.x, c.Future)
	}
	return a
}

var audiences = []struct {
	name string
	keep func(c published.Customer) bool
}{
	{"all", func(published.Customer) bool { return true }},
	{"in decline", func(c published.Customer) bool { return c.Stage == "decline" }},
}

// nothing plays campaigns that do nothing: real customers are drawn into arms again and
// again, and both arms bring what they brought.
func (o options) nothing(ctx context.Context, out io.Writer) error {
	scenes, err := o.scenes(ctx)
	if err != nil {
		return err
	}
	heading(out, "Campaigns that do nothing, on real shops: intervals that miss 0, and alarms, in hundredths of campaigns",
		"shop", "night", "days", "audience", "customers", "without interval", "plain above", "below", "CUPED above", "below", "sample ratio", "balance < .05")
	var all tally
	for _, s := range scenes {
		for _, w := range windows {
			for _, of := range audiences {
				a := s.audience(w, of.keep)
				if len(a.ids) < 100 {
					continue
				}
				t := o.repeat(func(r int) tally { return a.draw(strconv.Itoa(r)) })
				all.add(t)
				t.line(out, s.shop, calendar.Format(s.night.Day), w, of.name, len(a.ids))
			}
		}
	}
	all.line(out, "**all**", "", "", "", "")
	return nil
}

func (t tally) line(out io.Writer, cells ...any) {
	line(out, append(cells, percent(t.played-t.told, t.played), percent(t.above, t.told), percent(t.below, t.told),
		percent(t.aboveCuped, t.told), percent(t.belowCuped, t.told),
		fmt.Sprintf("%d of %d", t.ratioAlarms, t.played), percent(t.unbalanced, t.played))...)
}

// repeat plays as often as asked, as many at a time as there are workers. Each seed has rounds
// of its own.
func (o options) repeat(play func(round int) tally) (all tally) {
	rounds := make([]tally, o.repeats)
	var lock sync.Mutex
	concurrent.Each(o.repeats, o.workers, func(r int) {
		t := play(int(o.seed)*o.repeats + r)
		lock.Lock()
		defer lock.Unlock()
		rounds[r] = t
	})
	for _, t := range rounds {
		all.add(t)
	}
	return all
}

func (t *tally) add(o tally) {
	t.played += o.played
	t.told += o.told
	t.above += o.above
	t.below += o.below
	t.aboveCuped += o.aboveCuped
	t.belowCuped += o.belowCuped
	t.ratioAlarms += o.ratioAlarms
	t.unbalanced += o.unbalanced
	t.effects = append(t.effects, o.effects...)
	t.effectsAdjusted = append(t.effectsAdjusted, o.effectsAdjusted...)
	t.rho2 += o.rho2
}

// draw draws the arms of an audience and asks what lift.csv would say.
func (a column) draw(seed string) tally {
	treated, share := make([]bool, len(a.ids)), make([]float64, len(a.ids))
	for i, id := range a.ids {
		treated[i], share[i] = experiment.Draw(seed, "campaign", id) >= control, control
	}
	return judge(experiment.NewArms(treated, share), a.y, a.x, 0)
}

// judge asks of arms what is said of them, given the truth.
func judge(arms experiment.Arms, y, x []float64, truth float64) tally {
	t := tally{played: 1}
	if experiment.Alarming(arms.SampleRatio()) {
		t.ratioAlarms++
	}
	if arms.Balance(x) < .05 {
		t.unbalanced++
	}
	if !arms.Measurable() || !arms.Enough(y) {
		return t
	}
	t.told++
	plain := arms.Difference(y)
	adjusted, rho := arms.Adjust(y, x)
	cuped := arms.Difference(adjusted)
	count := func(above, below *int, e experiment.Estimate) {
		if e.Low > truth {
			*above++
		}
		if e.High < truth {
			*below++
		}
	}
	count(&t.above, &t.below, plain)
	count(&t.aboveCuped, &t.belowCuped, cuped)
	t.effects, t.effectsAdjusted = []float64{plain.Effect}, []float64{cuped.Effect}
	t.rho2 = rho * rho
	return t
}
