package explain

import (
	"errors"
	"math"

	"clientele/analytics/publication/column"
	"clientele/clv"
	"clientele/internal/money"
	"clientele/internal/number"
)

var errScores = errors.New("the scores of customers do not go with it")

// Outlook is what the models of the night expect.
type Outlook struct {
	Model   string `json:"model"`             // its name, blend, or none
	Refused string `json:"refused,omitempty"` // why there is no model
	Horizon string `json:"horizon"`           // how far ahead value counts
	Unit    string `json:"unit"`              // of x, t_x and t

	PAlive            number.Float `json:"p_alive"`
	PNext             number.Float `json:"p_next"`
	ExpectedPurchases number.Float `json:"expected_purchases"`
	ExpectedSpend     number.Float `json:"expected_spend"`
	FutureValue       number.Float `json:"future_value"`
	FutureLow         number.Float `json:"future_low"`
	FutureHigh        number.Float `json:"future_high"`
	// DiscountedPurchases and YearsAhead are what future value rests on beside: purchases of
	// which a later one counts less, and the years as a customer expected within the horizon.
	DiscountedPurchases number.Float `json:"discounted_purchases"`
	YearsAhead          number.Float `json:"years_ahead"`
	// Recomputed tells that the models of model.json give the future value as published.
	Recomputed bool `json:"recomputed"`
}

func (c *reading) readOutlook() error {
	n := c.night.worth
	if n.Job == nil || n.Job.CLV == nil || n.Model == nil {
		return nil
	}
	o := &Outlook{Model: n.Model.Model, Refused: n.Model.Refused, Horizon: n.Job.CLV.Horizon.String(), Unit: string(n.Job.CLV.Unit)}
	for of, into := range map[*column.Column]*number.Float{
		column.PAlive: &o.PAlive, column.PNext: &o.PNext, column.ExpectedPurchases: &o.ExpectedPurchases,
		column.ExpectedSpend: &o.ExpectedSpend, column.FutureValue: &o.FutureValue, column.FutureLow: &o.FutureLow, column.FutureHigh: &o.FutureHigh,
	} {
		*into = number.Float(math.NaN())
		if v, has := c.rows.number(of); has {
			*into = number.Float(v)
		}
	}
	o.DiscountedPurchases, o.YearsAhead = number.Float(math.NaN()), number.Float(math.NaN())
	if n.Blend != nil && c.known {
		expected := n.Expect(n.Rules, c.history, n.Day)
		o.DiscountedPurchases = number.Float(expected.Discounted)
		o.YearsAhead = number.Float(expected.Time / n.Rules.Prices.UnitsPerYear)
	}
	c.Outlook = o
	return nil
}

// What the lines of ledgers are.
const (
	LineNet         = "net"         // bought less returned
	LineGoods       = "goods"       // what goods cost: the share of spend that is no margin
	LineAcquisition = "acquisition" // once
	LineOrders      = "orders"      // what serving orders costs
	LineYears       = "years"       // what keeping a customer for years costs
	LinePurchases   = "purchases"   // expected ones
	LineDiscount    = "discount"    // what later money counts less
	LineRest        = "rest"        // what the publication does not break down
)

// addLedgers adds up past and future value as they are published.
func (c *reading) addLedgers() {
	if past, has := c.rows.amount(column.PastValue); has && c.known && c.night.job != nil && c.night.job.CLV != nil {
		c.PastValue = c.pastLedger(past)
	}
	future, has := c.rows.amount(column.FutureValue)
	if has && c.known && c.night.worth.Values() {
		c.FutureValue = c.futureLedger(future)
	}
}

// pastLedger is margin less costs so far.
func (c *reading) pastLedger(past money.Amount) *Ledger {
	n, h, l := c.night.worth, c.history, newLedger()
	net, won := h.Net.Float(), n.Won(c.rows.remembered)
	l.add(Line{What: LineNet, Count: float64(h.Orders)}, net)
	if n.Costed {
		l.add(Line{What: LineGoods}, n.Earned(h, won, past).Minus(h.Net).Float())
	} else {
		share := 1 - n.Job.CLV.Margin
		l.add(Line{What: LineGoods, Share: share}, -share*net)
	}
	p := n.Rules.Prices
	l.add(Line{What: LineAcquisition}, -won.Float())
	l.add(Line{What: LineOrders, Count: float64(h.Orders), Each: p.PerOrder}, -p.PerOrder*float64(h.Orders))
	years := float64(n.Day-h.First) / (p.UnitsPerYear * n.Rules.UnitDays)
	l.add(Line{What: LineYears, Count: years, Each: p.PerYearAlive}, -p.PerYearAlive*years)
	return l.close(past, LineRest)
}

// futureLedger is what is expected, its costs, and what later money counts less.
func (c *reading) futureLedger(future money.Amount) *Ledger {
	n, h, l, p := c.night.worth, c.history, newLedger(), c.night.worth.Rules.Prices
	spend := float64(c.Outlook.ExpectedSpend)
	o := n.Expect(n.Rules, h, n.Day)
	orders := n.Basket(n, h, spend).Orders
	purchases, years := o.Purchases, o.Time/p.UnitsPerYear
	forever := !number.Finite(purchases) || p.PerYearAlive != 0 && !number.Finite(years)
	if forever { // purchases without end have no number: all is counted as of today
		purchases, years = o.Discounted, o.TimeToday/p.UnitsPerYear
	}
	l.add(Line{What: LinePurchases, Count: purchases, Each: spend}, purchases*spend)
	l.add(Line{What: LineGoods, Share: 1 - p.Margin}, -(1-p.Margin)*purchases*spend)
	l.add(Line{What: LineOrders, Count: orders * purchases, Each: p.PerOrder}, -p.PerOrder*orders*purchases)
	if p.PerYearAlive != 0 {
		l.add(Line{What: LineYears, Count: years, Each: p.PerYearAlive}, -p.PerYearAlive*years)
	}
	value := n.Rules.Future(o.Discounted, o.TimeToday, clv.Basket{Spend: spend, Orders: orders})
	if !forever {
		l.add(Line{What: LineDiscount, Share: n.Rules.Rate}, value-l.sum)
	}
	c.Outlook.Recomputed = l.Total == future
	return l.close(future, LineRest)
}
