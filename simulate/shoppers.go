package simulate

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"gonum.org/v1/gonum/stat"
)

// Shopper is what is true of one customer, whom no contact has reached.
type Shopper struct {
	ID        string
	Purchases []time.Time // in order
	PerDay    float64     // purchases per day while active; of a profile, at its height
	MeanSpend float64     // of a purchase
	stratum   Stratum
	left      time.Time // zero: not before the end
}

// On is the stratum of the customer on a day, for a contact through a channel.
func (s Shopper) On(day time.Time, through string) Stratum {
	of := s.stratum
	of.State, of.Through = Active, through
	if !s.left.IsZero() && !midnight(day).Before(midnight(s.left)) {
		of.State = Gone
	}
	return of
}

// Shoppers says what is true of all customers, in the order of their ids. With
// [Options.Planted] it says what a contact would do to each of them.
func Shoppers(ctx context.Context, o Options) ([]Shopper, error) {
	p, err := newPlan(o)
	if err != nil {
		return nil, err
	}
	p.heavyFrom = p.medianSpender()
	m := newMaker(p)
	all := make([]Shopper, 0, o.Customers)
	for i := range o.Customers {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		all = append(all, m.shopper(i))
	}
	return all, nil
}

func (m *maker) shopper(i int) Shopper {
	m.life.reset(m.Seed, lifeDraws, i)
	m.basket.reset(m.Seed, basketDraws, i)
	l := m.live(m.life, m.days)
	m.days = l.days
	s := Shopper{
		ID: m.customerID(i), PerDay: m.perDay(&l), MeanSpend: m.Spend.P / l.nu,
		stratum: m.stratum(&l, m.newTaste(m.basket, &l), 0),
	}
	for _, day := range l.days {
		s.Purchases = append(s.Purchases, m.at(day))
	}
	if !math.IsInf(l.left, 1) {
		s.left = m.at(l.left)
	}
	return s
}

// stratum is what is true of a customer on a day.
func (p *plan) stratum(l *life, t taste, day float64) Stratum {
	s := Stratum{
		Channel: p.channels.labels[t.channel], Region: p.regions.labels[t.region],
		Profile: l.profile.String(), State: Active, Buyer: Light,
	}
	if math.Floor(l.left) <= day {
		s.State = Gone
	}
	if p.spender(l) > p.heavyFrom {
		s.Buyer = Heavy
	}
	return s
}

// perDay is how many purchases a customer makes per day while active.
func (p *plan) perDay(l *life) float64 {
	rate := l.lambda / p.Unit.days()
	if k := p.Params["k"]; k > 1 && l.profile == byModel {
		rate /= k
	}
	return rate
}

// spender is how much a customer spends per day while active.
func (p *plan) spender(l *life) float64 { return p.perDay(l) * p.Spend.P / l.nu }

// medianSpender is what half of all customers spend more than.
func (p *plan) medianSpender() float64 {
	d, spent := newDice(), make([]float64, p.Customers)
	var days []float64
	for i := range spent {
		d.reset(p.Seed, lifeDraws, i)
		l := p.live(d, days[:0])
		days, spent[i] = l.days, p.spender(&l)
	}
	slices.Sort(spent)
	return stat.Quantile(0.5, stat.Empirical, spent, nil)
}

// customerNumber finds the number of a customer by id.
func (p *plan) customerNumber(id string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(id, "C"))
	if err != nil || n < 1 || n > p.Customers || p.customerID(n-1) != id {
		return 0, false
	}
	return n - 1, true
}

// dayOf is the number of a calendar day since the start of the export.
func (p *plan) dayOf(t time.Time) int { return dayNumber(t) - dayNumber(p.start) }
