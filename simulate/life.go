package simulate

import "math"

// life is the truth about one customer, in days since the start of the export.
type life struct {
	profile profile
	lambda  float64 // per model unit; that of the profile where there is one
	dropout float64 // mu, p, eta or theta of the model; NaN where there is none
	days    []float64
	turn    float64 // day on which a profile changes its ways; +Inf for never
	left    float64 // day of leaving; +Inf for not before the end
	nu      float64 // spend per purchase is Gamma(p, rate nu)
}

// born is the day of the first purchase.
func (l *life) born() float64 { return l.days[0] }

// live draws the life of the customer that d is on. days is room for the days
// of purchase.
func (p *plan) live(d *dice, days []float64) life {
	l := life{profile: p.Profiles.pick(d.Float64()), dropout: math.NaN(), turn: math.Inf(1)}
	born, end := p.acquisition*d.Float64(), float64(p.days)
	unit := p.Unit.days()
	if l.profile == byModel {
		t := p.model.draw(d, p.Params)
		l.lambda, l.dropout = t.lambda, t.dropout
		l.days, l.left = t.purchases(d, born, end, unit, days[:0])
	} else {
		// These have to be watched for long, so they come early.
		born /= 3
		c := newCourse(d, l.profile, p.Profiles.Gap, born, end)
		l.lambda, l.turn = c.rate*unit, c.turn
		l.days, l.left = c.purchases(d, born, days[:0])
	}
	l.nu = d.gamma(p.Spend.Q, p.Spend.Gamma)
	return l
}

// maxSpend cuts off purchases that heavy-tailed spend makes absurd: a trillion,
// which a decimal of 18 digits holds with room to add up many.
const maxSpend = Cents(100_000_000_000_000)

// spend draws what one purchase comes to: at least a cent.
func (p *plan) spend(d *dice, l *life) Cents {
	z := math.Round(100 * d.gamma(p.Spend.P, l.nu))
	// Negated, so that infinite spend is cut too.
	if !(z < float64(maxSpend)) {
		return maxSpend
	}
	return max(1, Cents(z))
}
