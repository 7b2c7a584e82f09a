package backtest

import (
	"cmp"
	"slices"

	"clientele/clv"
)

// Latest is the latest split in detail: what the blend said of its customers, and what
// they did. Each table is small, whatever the size of the shop.
type Latest struct {
	Origin, End int32   // the last day of calibration and of the holdout
	Customers   float64 // known at the origin

	Tracking  []Period
	ByRepeats []RepeatGroup
	Deciles   []MoneyDecile // those expected to spend most first; without spend, to buy most
	Priced    bool          // whether deciles have money
	Next      Reliability
	Coverage  Coverage
}

// Period is some days of the shop, of the customers known at the origin.
type Period struct {
	From, Until      int32
	Actual, Expected float64 // repeat purchases; expected of customers of whom only the first day is known
}

// RepeatGroup is the customers with so many repeat purchases in the calibration; the last
// of a list those with as many or more.
type RepeatGroup struct {
	Repeats                     int
	Customers, Actual, Expected float64 // purchases in the holdout, of all of them
}

// MostRepeats is the last group of repeat purchases: that many and more. It is the usual
// one of the field's plots (R package BTYD).
const MostRepeats = 7

// MoneyDecile is a tenth of the customers; a tenth may end with a part of one.
type MoneyDecile struct {
	Customers                  float64
	Actual, Expected           float64 // purchases in the holdout
	ActualMoney, ExpectedMoney float64
}

// Reliability is how sure the blend was that customers would buy within some days of the
// origin, and how many of them did.
type Reliability struct {
	Days int32
	Bins []ReliabilityBin // those with customers, ascending; none where a model has no such chance
}

// ReliabilityBin is the customers of whom a chance from Low to High was said.
type ReliabilityBin struct {
	Low, High, Customers float64
	Said                 float64 // mean chance
	Bought               float64 // share who did
}

// nextDays is how far ahead Reliability looks where the holdout goes as far: a quarter.
const nextDays = 91

// blended is what a blend says of a split.
type blended struct {
	blend     *clv.Blend
	predicted []float64 // purchases in the holdout, by row
	none      []float64 // chance of no purchase within nextDays, by row; nil: not asked for
}

// latest is the detail of a split of which a blend has a forecast.
func (s shop) latest(t trial, v Split, b blended, money []customerMoney, o Options) *Latest {
	l := &Latest{
		Origin: v.Origin, End: v.End, Customers: v.Customers, Coverage: v.Blend.Coverage,
		Tracking: s.track(t, b.blend, o), ByRepeats: t.byRepeats(b.predicted), Next: s.reliability(t, b.none), Priced: money != nil,
	}
	if money == nil {
		for _, c := range t.cells {
			money = append(money, customerMoney{customers: c.customers, purchases: b.predicted[c.row], bought: c.actual})
		}
	}
	l.Deciles = moneyDeciles(money, l.Priced)
	return l
}

// byRepeats adds up what was predicted by the repeat purchases that were known.
func (t trial) byRepeats(predicted []float64) []RepeatGroup {
	groups := make([]RepeatGroup, MostRepeats+1)
	for i := range groups {
		groups[i].Repeats = i
	}
	for _, c := range t.cells {
		g := &groups[min(int(t.rows.X[c.row]), MostRepeats)]
		g.Customers += c.customers
		g.Actual += c.customers * c.actual
		g.Expected += c.customers * predicted[c.row]
	}
	return groups
}

// withinDays is how far ahead a chance of the next purchase is tried in a split.
func (k sample) withinDays() int32 { return min(nextDays, k.end-k.origin) }

// reliability holds the chances of a purchase soon against who bought.
func (s shop) reliability(t trial, none []float64) Reliability {
	const bins = 10
	r := Reliability{Days: t.withinDays()}
	if !finite(none) {
		return r
	}
	all := make([]ReliabilityBin, bins)
	for i, cell := range t.cellOf {
		if cell == nobody {
			continue
		}
		b := s.buyers[i]
		said := 1 - none[t.cells[cell].row]
		bin := &all[max(0, min(int(said*bins), bins-1))]
		bin.Customers += b.customers
		bin.Said += b.customers * said
		if len(b.ahead(t.origin, t.origin+r.Days)) > 0 {
			bin.Bought += b.customers
		}
	}
	for i, bin := range all {
		if bin.Customers == 0 {
			continue
		}
		bin.Low, bin.High = float64(i)/bins, float64(i+1)/bins
		bin.Said /= bin.Customers
		bin.Bought /= bin.Customers
		r.Bins = append(r.Bins, bin)
	}
	return r
}

// A history is tracked by the week or, where that were more than two years of weeks, by
// four of them.
const (
	mostWeeks = 104
	fourWeeks = 4 * daysInWeek
)

// periodEnds are the last days of the periods of a split, from the first purchase on. The
// origin ends one of them.
func periodEnds(first, origin, end int32) (ends []int32) {
	step := int32(daysInWeek)
	switch {
	case end-origin < daysInWeek:
		step = 1
	case end-first > mostWeeks*daysInWeek:
		step = fourWeeks
	}
	for day := origin - (origin-first)/step*step; day < end; day += step {
		ends = append(ends, day)
	}
	return append(ends, end)
}

// track follows repeat purchases by period.
func (s shop) track(t trial, b *clv.Blend, o Options) []Period {
	ends := periodEnds(s.firstDay(), t.origin, t.end)
	actual, expected := s.cumulative(len(t.cellOf), t.origin, ends), make([]float64, len(ends))
	for _, m := range b.Members() {
		for i, v := range s.expectedCumulative(m.Model, t.sample, ends, o.UnitDays) {
			expected[i] += m.Weight * v
		}
	}
	periods := make([]Period, len(ends))
	from, actualBefore, expectedBefore := s.firstDay(), 0., 0.
	for i, end := range ends {
		periods[i] = Period{From: from, Until: end, Actual: actual[i] - actualBefore, Expected: expected[i] - expectedBefore}
		from, actualBefore, expectedBefore = end+1, actual[i], expected[i]
	}
	return periods
}

// moneyDeciles cuts customers into tenths by the money, or the purchases, that were
// expected of them, the most first; nil without customers.
func moneyDeciles(of []customerMoney, priced bool) []MoneyDecile {
	key := func(c customerMoney) float64 {
		if priced {
			return c.expected
		}
		return c.purchases
	}
	of = slices.Clone(of)
	slices.SortFunc(of, func(a, b customerMoney) int {
		return cmp.Or(cmp.Compare(key(b), key(a)), cmp.Compare(b.purchases, a.purchases), cmp.Compare(b.bought, a.bought),
			cmp.Compare(b.spent, a.spent), cmp.Compare(b.customers, a.customers))
	})
	// Customers of equal forecasts are one group: a boundary shares out all of them.
	var groups []customerMoney
	for i, c := range of {
		if i == 0 || key(c) != key(of[i-1]) {
			groups = append(groups, customerMoney{})
		}
		groups[len(groups)-1].add(c)
	}
	sizes, total := make([]float64, len(groups)), 0.
	for i, g := range groups {
		sizes[i] = g.customers
		total += g.customers
	}
	table := make([]MoneyDecile, tenths)
	if !shareOut(sizes, func(tenth, group int, share float64) {
		g, part := groups[group], share/groups[group].customers
		d := &table[tenth]
		d.Actual += part * g.bought
		d.Expected += part * g.purchases
		d.ActualMoney += part * g.spent
		d.ExpectedMoney += part * g.expected
	}) {
		return nil
	}
	for i := range table {
		table[i].Customers = total / tenths
	}
	return table
}

// customerMoney is what was expected of a customer, or of some who are alike, and what
// they did. As a sum it is of all of them.
type customerMoney struct {
	customers           float64
	purchases, expected float64 // purchases and money that were expected
	bought, spent       float64
}

func (c *customerMoney) add(other customerMoney) {
	n := other.customers
	c.customers += n
	c.purchases += n * other.purchases
	c.expected += n * other.expected
	c.bought += n * other.bought
	c.spent += n * other.spent
}
