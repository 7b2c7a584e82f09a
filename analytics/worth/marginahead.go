package worth

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"clientele/analytics/job"
	"clientele/clv"
)

// class is a number of repeat purchases and an age, both rounded.
type class struct{ x, months int }

// daysPerMonth turns days into ages in months.
var daysPerMonth = job.Year.Days() / 12

// classOf rounds repeat purchases to steps of a fifth above five, and ages to months: of
// the shape of what is ahead that is enough, as its size is each customer's own.
func classOf(x, days float64) class {
	const exact, steps = 5, 1.2
	if x > exact {
		x = math.Round(exact * math.Pow(steps, math.Round(math.Log(x/exact)/math.Log(steps))))
	}
	return class{int(x), int(days / daysPerMonth)}
}

// aheadKey is customers of whose future the shape is taken to be the same.
type aheadKey struct {
	leaf int32
	class
}

func (k aheadKey) compare(other aheadKey) int {
	return cmp.Or(cmp.Compare(k.leaf, other.leaf), cmp.Compare(k.x, other.x), cmp.Compare(k.months, other.months))
}

// aheadSum is what they are expected to bring within the horizon, discounted: the margin of
// purchases less the cost of their orders, and the purchases.
type aheadSum struct{ margin, purchases float64 }

// marginAhead is what the customers of each wanted leaf are expected to bring until some
// days ahead, undiscounted: margin less costs, as in future value. How much is each
// customer's own, by the discounted purchases D within the horizon. When is that of a
// customer of the class, of whom E(h) purchases and L(h) years are expected until h, and D'
// discounted purchases within the horizon:
//
//	Σ (margin × spend − per_order × orders) D E(h)/D' − per_year_alive D L(h)/D'
//
// The class has just bought: how long a customer has been silent is in D. There must be a
// lifetime model.
func (w *Result) marginAhead(of []int32, wanted []bool, days []float64) [][]float64 {
	sums := w.sumsAhead(of, wanted)
	keys := slices.SortedFunc(maps.Keys(sums), aheadKey.compare)
	rows := map[class]int{}
	var all []class
	for _, k := range keys {
		if _, known := rows[k.class]; !known {
			rows[k.class] = len(all)
			all = append(all, k.class)
		}
	}
	margin := make([][]float64, len(wanted))
	for leaf := range margin {
		if wanted[leaf] {
			margin[leaf] = make([]float64, len(days))
		}
	}
	shapes := w.shapesAhead(all, days)
	for _, k := range keys {
		sum, shape := sums[k], shapes[rows[k.class]]
		for at := range days {
			margin[k.leaf][at] += sum.margin*shape[at].purchases - w.valuer.Prices.PerYearAlive*sum.purchases*shape[at].years
		}
	}
	return margin
}

// sumsAhead adds up the customers of wanted leaves.
func (w *Result) sumsAhead(of []int32, wanted []bool) map[aheadKey]aheadSum {
	p, sums := w.valuer.Prices, map[aheadKey]aheadSum{}
	for i, leaf := range of {
		if !wanted[leaf] {
			continue
		}
		k := aheadKey{leaf, classOf(w.Panel.X[i], w.Panel.T[i]*w.valuer.UnitDays)}
		sum, each := sums[k], w.valuer.baskets.At(i)
		sum.margin += (p.Margin*each.Spend - p.PerOrder*each.Orders) * w.cohorts.purchases[i]
		sum.purchases += w.cohorts.purchases[i]
		sums[k] = sum
	}
	return sums
}

// shapeAhead is what comes until a day ahead for each discounted purchase of the horizon.
type shapeAhead struct{ purchases, years float64 }

// shapesAhead are those of classes, by day.
func (w *Result) shapesAhead(all []class, days []float64) [][]shapeAhead {
	panel, o := w.panelOfClasses(all), w.valuer.scoreOptions()
	o.WithDECT, o.WithAliveTime = true, false
	discounted := clv.ScoreBlend(w.models.blend, panel, o).DECT
	shapes := make([][]shapeAhead, len(all))
	for k := range shapes {
		shapes[k] = make([]shapeAhead, len(days))
	}
	for at, until := range days {
		o := clv.ScoreOptions{Horizon: until / w.valuer.UnitDays, Workers: w.valuer.threads, WithAliveTime: w.valuer.Prices.PerYearAlive != 0}
		s := clv.ScoreBlend(w.models.blend, panel, o)
		for k := range all {
			one := shapeAhead{purchases: s.CET[k] / discounted[k]}
			if s.AliveTime != nil {
				one.years = s.AliveTime[k] / w.valuer.Prices.UnitsPerYear / discounted[k]
			}
			if !(one.purchases >= 0 && one.years >= 0) { // no customer can be of the class by one of the models: evenly
				one = shapeAhead{purchases: min(until/w.valuer.Days(), 1)}
			}
			shapes[k][at] = one
		}
	}
	return shapes
}

// panelOfClasses has a customer in the middle of each class, who has just bought.
func (w *Result) panelOfClasses(all []class) (p clv.Panel) {
	for _, k := range all {
		days := math.Floor((float64(k.months) + 0.5) * daysPerMonth)
		x, t := min(float64(k.x), days), days/w.valuer.UnitDays
		tx := t
		if x == 0 {
			tx = 0
		}
		p.X, p.TX, p.T = append(p.X, x), append(p.TX, tx), append(p.T, t)
	}
	return p
}
