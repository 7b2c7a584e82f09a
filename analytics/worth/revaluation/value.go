package revaluation

import (
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth/valuation"
	"clientele/clv"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Outlook is what the models of a night expect of a history, on a day.
type Outlook struct {
	Purchases  float64 // within the horizon
	Discounted float64 // the same, discounted
	Time       float64 // as a customer within the horizon, in model units
	TimeToday  float64 // the same, discounted
	PAlive     float64
}

// Expect asks the models what they expect of a history, by the horizon and the rate of some
// rules.
func (n *Night) Expect(r valuation.Rules, h History, today calendar.Day) Outlook {
	row := Panel(r, []History{h}, today)
	o := r.ScoreOptions(1)
	o.WithDECT = true
	s := clv.ScoreBlend(n.Blend, row, o)
	plain := o
	plain.Delta = 0
	return Outlook{
		Purchases: s.CET[0], Discounted: s.DECT[0], TimeToday: s.AliveTime[0], PAlive: s.PAlive[0],
		Time: clv.ScoreBlend(n.Blend, row, plain).AliveTime[0],
	}
}

// ExpectAll asks the models what they expect of many histories, discounted: DECT and
// AliveTime of the scores, from which [Night.WorthOf] makes money.
func (n *Night) ExpectAll(r valuation.Rules, all []History, today calendar.Day, workers int) clv.Scores {
	o := r.ScoreOptions(workers)
	o.WithDECT = true
	return clv.ScoreBlend(n.Blend, Panel(r, all, today), o).Scores
}

// ExpectWithin is the same within several horizons instead of that of the rules, which
// costs little more than one: histories that are alike are looked at once, and the rest is as
// near to the truth as [clv.ScoreAhead] is.
func (n *Night) ExpectWithin(r valuation.Rules, all []History, today calendar.Day, workers int, horizons ...float64) []clv.Scores {
	type life struct {
		first, last  calendar.Day
		purchaseDays int64
	}
	places := make(map[life]int32, len(all)/2)
	at, each := make([]int32, len(all)), make([]History, 0, len(all)/2)
	for i, h := range all {
		of := life{h.First, h.Last, h.PurchaseDays}
		place, known := places[of]
		if !known {
			place = int32(len(each))
			places[of], each = place, append(each, h)
		}
		at[i] = place
	}
	found := clv.ScoreAhead(n.Blend, Panel(r, each, today), horizons, r.ScoreOptions(workers).Delta, workers)
	for k, s := range found {
		found[k] = clv.Scores{PAlive: spread(s.PAlive, at), DECT: spread(s.DECT, at), AliveTime: spread(s.AliveTime, at)}
	}
	return found
}

// spread gives each row what its place has.
func spread(values []float64, at []int32) []float64 {
	all := make([]float64, len(at))
	for i, place := range at {
		all[i] = values[place]
	}
	return all
}

// Panel are histories as models take them, in the unit of some rules.
func Panel(r valuation.Rules, all []History, today calendar.Day) clv.Panel {
	p := clv.Panel{X: make([]float64, len(all)), TX: make([]float64, len(all)), T: make([]float64, len(all))}
	for i, h := range all {
		p.X[i] = float64(h.PurchaseDays - 1)
		p.TX[i] = float64(h.Last-h.First) / r.UnitDays
		p.T[i] = float64(today-h.First) / r.UnitDays
	}
	return p
}

// Future is the value ahead of a history, by the models of one night and the prices of
// another, which may be the same.
func (n *Night) Future(prices *Night, h History, today calendar.Day, spend float64) money.Amount {
	r := n.RulesOf(prices)
	o := n.Expect(r, h, today)
	return n.WorthOf(prices, r, o.Discounted, o.TimeToday, h, spend)
}

// RulesOf are the rules of another night, in the unit of this night's models.
func (n *Night) RulesOf(prices *Night) valuation.Rules { return prices.Rules.InUnitOf(n.Rules) }

// WorthOf is the value of purchases and time that are expected of a history, discounted.
func (n *Night) WorthOf(prices *Night, r valuation.Rules, purchases, units float64, h History, spend float64) money.Amount {
	return money.FromFloat(r.Future(purchases, units, n.Basket(prices, h, spend)))
}

// Basket is what the next purchase comes to: spend, and orders where these cost something.
func (n *Night) Basket(prices *Night, h History, spend float64) clv.Basket {
	b := clv.Basket{Spend: spend, Orders: 1}
	if prices.Rules.Prices.PerOrder == 0 {
		return b
	}
	model := n.Orders
	if n.Rules.Prices.PerOrder == 0 { // that night did not look
		model = prices.Orders
	}
	b.Orders = model.PerPurchase(float64(h.Orders), float64(h.PurchaseDays))
	return b
}

// Won is what winning a customer cost, as the night remembers it.
func (n *Night) Won(remembered *publication.Row) money.Amount {
	if own, has := remembered.Amount(column.Acquisition); has {
		return own
	}
	return money.FromFloat(n.Rules.Prices.Acquisition)
}

// Past is the value so far of what was earned with a history, of a customer whom it cost so
// much to win.
func (n *Night) Past(earned money.Amount, h History, won money.Amount, today calendar.Day) money.Amount {
	r := n.Rules.Winning(won)
	if n.Costed {
		r.Prices.Margin = 1
	} else {
		r.Prices.Margin = n.Job.CLV.Margin
	}
	return money.FromFloat(r.Past(earned, h.Orders, today-h.First))
}

// Earned is what past value is a share of: net spend or, where goods have costs, what
// these leave of it, which published values tell.
func (n *Night) Earned(h History, won, past money.Amount) money.Amount {
	if !n.Costed {
		return h.Net
	}
	costs := money.FromFloat(n.Rules.Winning(won).Past(money.Amount{}, h.Orders, n.Day-h.First))
	return past.Minus(costs)
}
