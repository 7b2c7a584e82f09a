package activation

import (
	"math"

	"clientele/internal/calendar"
	"clientele/segment/experiment"
)

// Ahead is what a campaign will be able to tell, before anything is sent.
type Ahead struct {
	// Detectable is the least effect in margin per customer that would be found with a
	// chance of 80%; NaN where nobody of the audience bought anything to go by.
	Detectable float64
	// Share is Detectable as a share of the margin that the audience brought in a window as
	// long as the campaign; NaN where so few customers know that mean too badly.
	Share float64
}

// SizeAhead is what a campaign tells of arms of these sizes, if customers go on to differ as
// the audience did in [windows] before. Those who are contacted count whether it reaches them
// or not (intention to treat), as in the effect itself.
func (h History) SizeAhead(audience []string, asOf, ends calendar.Day, treated, control int) Ahead {
	length := ends - asOf
	number := windows(length, asOf-h.firstDay(audience))
	var m, variance float64 // of a window, on average
	for k := range number {
		until := asOf - calendar.Day(k)*length
		y := make([]float64, len(audience))
		for i, customer := range audience {
			y[i] = h.between(customer, until-length, until).margin
		}
		mean, of := moments(y)
		m, variance = m+mean/float64(number), variance+of/float64(number)
	}
	s := experiment.Size{Treated: float64(treated), Control: float64(control), Variance: variance}
	return Ahead{s.Detectable(), s.DetectableShare(m)}
}

// windows is how many windows of a length, in days, are looked back at: those of a year, as
// far as it is known, and one at least. An audience that has lapsed bought nothing in the last of
// them, and what it would do if it came back shows in those before.
func windows(length, known calendar.Day) int {
	const year = 365
	return max(1, int(min(known, year)/max(length, 1)))
}

// firstDay is the first on which one of some customers bought.
func (h History) firstDay(of []string) calendar.Day {
	first := calendar.Day(math.MaxInt32)
	for _, customer := range of {
		if days := h[customer].Days; len(days) > 0 {
			first = min(first, days[0])
		}
	}
	return first
}

// moments are mean and variance; of fewer than two customers, the variance is 0.
func moments(y []float64) (m, variance float64) {
	m = mean(y)
	for _, v := range y {
		variance += (v - m) * (v - m)
	}
	return m, variance / max(float64(len(y)-1), 1)
}

// pasts are what the customers of a trial did in windows before their draw that are as long
// as the one after it, newest first.
func (e Evidence) pasts(t trial) []trial {
	until := e.AsOf
	if t.drawn.Ends != calendar.NoDay {
		until = t.drawn.Ends
	}
	ids := make([]string, len(t.of))
	longest, since := calendar.Day(1), e.AsOf
	for i, a := range t.of {
		ids[i], longest, since = a.Customer, max(longest, until-a.Since), min(since, a.Since)
	}
	all := make([]trial, windows(longest, since-e.History.firstDay(ids)))
	for k := range all {
		for _, a := range t.of {
			length := until - a.Since
			last := a.Since - calendar.Day(k)*length
			o := e.History.between(a.Customer, last-length, last)
			all[k].margin = append(all[k].margin, o.margin)
			all[k].bought = append(all[k].bought, o.purchases)
			all[k].buyers = append(all[k].buyers, math.Min(o.purchases, 1))
		}
	}
	return all
}

// detectable is the least effect on a measure that arms find, if customers go on to differ as
// they did in windows before: by the mean of their variances.
func detectable(arms experiment.Arms, pasts []trial, of func(trial) []float64) float64 {
	size, variance := experiment.Size{}, 0.0
	for _, past := range pasts {
		size = arms.Size(of(past))
		variance += size.Variance / float64(len(pasts))
	}
	size.Variance = variance
	return size.Detectable()
}
