package revenue

import (
	"clientele/analytics/customers"
	"clientele/internal/money"
)

// splitter tells purchases by source.
type splitter struct {
	table    *customers.Table
	referred []bool // by customer; nil: nobody
	places   int    // of the job's currency
	months   *months

	next int // among the days with something new
}

// purchase is one of a customer's, at no more than list prices.
type purchase struct {
	plain, fresh, premium money.Amount
}

// customer splits what a customer bought and gave back. Customers come in order.
func (p *splitter) customer(i int) (all Sources) {
	t := p.table
	from, to := t.DayStart[i], t.DayStart[i+1]
	var before money.Amount // what earlier purchases came to
	for k := from; k < to; k++ {
		bought := p.purchase(k)
		var s Sources
		switch {
		case k > from:
			s = later(bought, before.Mean(k-from, p.places))
		case p.referred != nil && p.referred[i]:
			s = Sources{Referral: bought.plain, Premium: bought.premium}
		default:
			s = Sources{Initial: bought.plain, Premium: bought.premium}
		}
		before = before.Plus(bought.plain)
		p.months.on(t.Days[k]).add(s)
		all.add(s)
	}
	for k := t.Sales.BackStart[i]; k < t.Sales.BackStart[i+1]; k++ {
		s := Sources{Returned: t.Sales.Back.At(int(k))}
		p.months.on(t.Sales.BackDay[k]).add(s)
		all.add(s)
	}
	return all
}

// purchase is that of a place among the days. Places come in order.
func (p *splitter) purchase(day int64) purchase {
	s := p.table.Sales
	b := purchase{plain: s.Plain.At(int(day))}
	if s.Premium != nil {
		b.premium = s.Premium.At(int(day))
	}
	if p.next < len(s.NewAt) && s.NewAt[p.next] == day {
		b.fresh = s.New[p.next]
		p.next++
	}
	return b
}

// later splits a purchase that is not the first; mean is that of those before.
func later(b purchase, mean money.Amount) Sources {
	s := Sources{Repeat: b.plain.Minus(b.fresh), Cross: b.fresh, Premium: b.premium}
	if above := s.Repeat.Minus(mean); above.Num().Sign() > 0 {
		s.Incremental, s.Repeat = above, mean
	}
	return s
}
