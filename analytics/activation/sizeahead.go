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
// the audience did in the window before, which is as long. Those who are contacted count
// whether it reaches them or not (intention to treat), as in the effect itself.
func (h History) SizeAhead(audience []string, asOf, ends calendar.Day, treated, control int) Ahead {
	y := make([]float64, len(audience))
	for i, customer := range audience {
		y[i] = h.between(customer, asOf-(ends-asOf), asOf).margin
	}
	mean, variance := moments(y)
	s := experiment.Size{Treated: float64(treated), Control: float64(control), Variance: variance}
	return Ahead{s.Detectable(), s.DetectableShare(mean)}
}

// moments are mean and variance; of fewer than two customers, the variance is 0.
func moments(y []float64) (m, variance float64) {
	m = mean(y)
	for _, v := range y {
		variance += (v - m) * (v - m)
	}
	return m, variance / max(float64(len(y)-1), 1)
}

// past is what the customers of a trial did in a window before their draw that is as long as
// the one after it.
func (e Evidence) past(t trial) (p trial) {
	until := e.AsOf
	if t.drawn.Ends != calendar.NoDay {
		until = t.drawn.Ends
	}
	for _, a := range t.of {
		o := e.History.between(a.Customer, a.Since-(until-a.Since), a.Since)
		p.margin = append(p.margin, o.margin)
		p.bought = append(p.bought, o.purchases)
		p.buyers = append(p.buyers, math.Min(o.purchases, 1))
	}
	return p
}
