package bridge

import (
	"math"

	"clientele/clv"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// walk takes every customer from the one night to the other.
type walk struct {
	now, then *side
	models    *models // nil: they cannot be asked again
	drift     float64 // see driftOf
}

// asked is at how many customers time and model are told apart: the models of a night take
// some seconds for a million customers, three times over. A systematic sample in order of
// id, which has nothing to do with value, leaves an error of a few per mille.
const asked = 50_000

// group is the customers whose steps have one cause beside time and model.
type group struct {
	customers int64
	step      money.Amount // the sum of their steps, exact
	from      float64      // the sum of their values on the older night
	places    [][2]int32   // of each, tonight and then
}

func (w walk) equity(after, before money.Amount) *Equity {
	e := &Equity{Before: before, After: after}
	groups, lines := w.groups()
	w.drift = w.driftOf(groups[Time])
	for _, cause := range []Cause{Bought, Returned, Corrected, Time} {
		g := groups[cause]
		if g == nil {
			continue
		}
		time, done, told := w.split(g)
		e.Sampled, e.Unsplit = e.Sampled || told && len(g.places) > asked, e.Unsplit || !told
		if cause == Time { // they did nothing
			time, done = time.Plus(done), money.Amount{}
		}
		lines[cause] = lines[cause].plus(done, g.customers)
		lines[Time] = lines[Time].plus(time, 0)
		lines[Model] = lines[Model].plus(g.step.Minus(time).Minus(done), 0)
	}
	for _, cause := range causes {
		l := lines[cause]
		if cause == Time || cause == Model {
			l.Customers = 0
		}
		e.Lines = append(e.Lines, Line{Cause: cause, Amount: l.Amount, Customers: l.Customers})
	}
	return e
}

func (l Line) plus(a money.Amount, customers int64) Line {
	l.Amount, l.Customers = l.Amount.Plus(a), l.Customers+customers
	return l
}

// groups sorts customers by what they did since the older night; who is on one night alone
// is in the lines already.
func (w walk) groups() (map[Cause]*group, map[Cause]Line) {
	groups, lines := map[Cause]*group{}, map[Cause]Line{}
	was, gone := w.then.Match(w.now.ID)
	for i, at := range was {
		value := money.FromFloat(known(w.now.future[i]))
		if at < 0 {
			lines[w.arrival(i)] = lines[w.arrival(i)].plus(value, 1)
			continue
		}
		cause := w.done(i, at)
		g := groups[cause]
		if g == nil {
			g = &group{}
			groups[cause] = g
		}
		g.customers++
		g.step = g.step.Plus(value.Minus(money.FromFloat(known(w.then.future[at]))))
		g.from += known(w.then.future[at])
		g.places = append(g.places, [2]int32{int32(i), int32(at)})
	}
	for _, at := range gone {
		lines[Corrected] = lines[Corrected].plus(money.Amount{}.Minus(money.FromFloat(known(w.then.future[at]))), 1)
	}
	return groups, lines
}

// arrival is why somebody is a customer who was none: a first purchase since, or one that
// came to be known late.
func (w walk) arrival(i int) Cause {
	if w.now.first[i] <= w.then.day {
		return Corrected
	}
	return New
}

// done is what a customer did since the older night; Time for nothing.
func (w walk) done(i, at int) Cause {
	n, o := w.now, w.then
	switch {
	case n.last[i] > o.day:
		return Bought
	case n.returns[i] > o.returns[at]:
		return Returned
	case n.orders[i] != o.orders[at] || n.net[i] != o.net[at] || n.first[i] != o.first[at] || n.last[i] != o.last[at]:
		return Corrected
	}
	return Time
}

// split tells what time alone, and what was done since, made of the value of a group, by the
// older night's models. Where these cannot tell, all of the group's step is what was done.
func (w walk) split(g *group) (time, done money.Amount, told bool) {
	if !w.asksModels() {
		return money.Amount{}, g.step, false
	}
	places := sample(g.places)
	before := w.models.expect(w.then, places, 1, w.models.then)
	silent := w.models.expect(w.then, places, 1, w.models.today)
	active := w.models.expect(w.now, places, 0, w.models.today)
	var from, passed, acted float64
	for k, p := range places {
		value := known(w.then.future[p[1]])
		if !(before[k] > 0) || !(silent[k] >= 0) || !(active[k] >= 0) {
			continue
		}
		later := value * silent[k] / before[k]
		from, passed = from+value, passed+later-value
		acted += value*active[k]/before[k]*w.worth(p)/w.drift - later
	}
	if from <= 0 {
		return money.Amount{}, g.step, false
	}
	scale := g.from / from
	return money.FromFloat(money.Round(passed * scale)), money.FromFloat(money.Round(acted * scale)), true
}

// sample is every so many-th of the customers, at most as many as are asked.
func sample(all [][2]int32) [][2]int32 {
	every := (len(all) + asked - 1) / asked
	if every <= 1 {
		return all
	}
	some := make([][2]int32, 0, asked)
	for k := 0; k < len(all); k += every {
		some = append(some, all[k])
	}
	return some
}

// expect is how many purchases, discounted, are expected of customers as a night knows them,
// on a day.
func (m *models) expect(s *side, places [][2]int32, which int, day calendar.Day) []float64 {
	panel := clv.Panel{X: make([]float64, len(places)), TX: make([]float64, len(places)), T: make([]float64, len(places))}
	for k, p := range places {
		i := p[which]
		panel.X[k] = float64(s.purchaseDays[i] - 1)
		panel.TX[k] = float64(s.last[i]-s.first[i]) / m.unit
		panel.T[k] = float64(day-s.first[i]) / m.unit
	}
	return clv.ScoreBlend(m.blend, panel, m.options).DECT
}

// worth is how much more a customer's purchase is expected to be worth on the newer night, by
// the prices of the older one; 1 where it is not known.
func (w walk) worth(p [2]int32) float64 {
	now, then := w.models.perPurchase(w.now, p[0]), w.models.perPurchase(w.then, p[1])
	if now > 0 && then > 0 {
		return now / then
	}
	return 1
}

// perPurchase is the margin of a purchase less what its orders cost.
func (m *models) perPurchase(s *side, i int32) float64 {
	orders := float64(s.orders[i]) / float64(max(1, s.purchaseDays[i]))
	return s.spend[i]*m.prices.Margin - orders*m.prices.PerOrder
}

// driftOf is how much more a purchase is worth for the model of spend alone: by customers
// who did nothing since, whose purchases are what they were.
func (w walk) driftOf(silent *group) float64 {
	if silent == nil || !w.asksModels() {
		return 1
	}
	now, then := 0., 0.
	for _, p := range silent.places {
		n, t := w.models.perPurchase(w.now, p[0]), w.models.perPurchase(w.then, p[1])
		if n > 0 && t > 0 {
			now, then = now+n, then+t
		}
	}
	if then <= 0 {
		return 1
	}
	return now / then
}

// asksModels tells whether the older night's models can say what customers are worth now.
func (w walk) asksModels() bool {
	return w.models != nil && w.now.purchaseDays != nil && w.then.purchaseDays != nil
}

// known is a value, and 0 where there is none.
func known(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}
