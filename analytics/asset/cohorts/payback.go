package cohorts

import (
	"math"

	"clientele/analytics/worth/valuation"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// payer works out in which month cohorts have paid back what winning them cost.
type payer struct {
	rules  valuation.Rules
	today  calendar.Day
	ahead  Ahead // nil: there is no lifetime model
	leaves *leaves
	costs  map[*group]money.Amount
	curve  curve
}

// cost is what winning a group cost, what was spent on nobody with it, to all places.
func (g *group) cost() (sum money.Amount) {
	for _, l := range g.leaves {
		sum = sum.Plus(l.won).Plus(l.unshared)
	}
	return sum
}

// rowOf is the row of a group, whose money has been rounded.
func (p *payer) rowOf(g *group) Row {
	r := Row{
		Kind: g.kind, Month: g.month, Channel: g.channel, Region: g.region, Low: math.NaN(), High: math.NaN(), LTVOverCAC: math.NaN(),
		Acquisition: g.won.Plus(g.unshared), Spend: g.spend, Past: g.past, Future: g.future, Margin: g.past.Plus(g.won),
	}
	for _, l := range g.leaves {
		r.Customers += l.customers
		r.Retained += l.retained
	}
	numbers := g.numbers()
	if p.ahead != nil {
		r.Low, r.High = 0, 0
		if len(numbers) > 0 {
			low, high := p.ahead.Bounds(numbers)
			r.Low, r.High = money.Round(low), money.Round(high)
		}
		if cost := r.Acquisition.Float(); cost > 0 {
			const places = 1e4 // a multiple of more has no meaning
			r.LTVOverCAC = math.Round(r.Margin.Plus(r.Future).Float()/cost*places) / places
		}
	}
	if g.oneMonth() {
		p.payBack(g, &r)
	}
	return r
}

// payBack fills in when the group has paid back.
func (p *payer) payBack(g *group, r *Row) {
	cost := p.costs[g]
	month, has := p.paidBack(g, cost)
	switch {
	case cost == money.Amount{}: // nothing is to be paid back
	case has:
		r.Payback, r.PaidBack = Seen, month.String()
	case p.ahead != nil:
		p.forecast(g, cost, r)
	}
}

// marginSo is what the customers of a group have brought by the end of a month, or by today.
func (p *payer) marginSo(g *group, until calendar.Month) money.Amount {
	end := min((until+1).FirstDay()-1, p.today)
	var earned money.Amount
	var orders, days int64
	for _, l := range g.leaves {
		if l.number < 0 {
			continue
		}
		so := l.done[until-l.month]
		earned, orders = earned.Plus(so.earned), orders+so.orders
		days += l.customers*int64(end) - l.firstDays
	}
	return p.rules.Margin(earned, orders, days)
}

// paidBack is the month from whose end on the margin so far has not been below the cost.
// A return may take back what was paid back before.
func (p *payer) paidBack(g *group, cost money.Amount) (month calendar.Month, has bool) {
	first := g.leaves[0].month
	for at := calendar.MonthOf(p.today); at >= first; at-- {
		if p.marginSo(g, at).Minus(cost).Num().Sign() < 0 {
			break
		}
		month, has = at, true
	}
	return month, has
}

// forecast fills in when the group is expected to have paid back, and between when that is.
func (p *payer) forecast(g *group, cost money.Amount, r *Row) {
	r.Payback = Never
	numbers := g.numbers()
	if len(numbers) == 0 {
		return
	}
	missing := cost.Minus(p.marginSo(g, calendar.MonthOf(p.today))).Float()
	reach := func(into *string, month calendar.Month, brings float64) {
		if *into == "" && brings >= missing {
			*into = month.String()
		}
	}
	for month := calendar.MonthOf(p.today); ; month++ {
		days := float64((month + 1).FirstDay() - 1 - p.today)
		if days > p.curve.reach() {
			break
		}
		if days <= 0 {
			continue
		}
		expected := p.curve.at(numbers, days)
		low, high := p.ahead.Within(numbers, days, expected)
		reach(&r.PaybackLow, month, high)
		reach(&r.PaidBack, month, expected)
		reach(&r.PaybackHigh, month, low)
	}
	if r.PaidBack != "" {
		r.Payback = Forecast
	}
}
