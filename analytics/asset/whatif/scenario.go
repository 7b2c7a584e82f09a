package whatif

import (
	"math"

	"clientele/analytics/worth/valuation"
	"clientele/clv"
	"clientele/internal/money"
)

// scenario is a way in which customers behave, and what they cost.
type scenario struct {
	shop        *Shop
	change      clv.Change
	rules       valuation.Rules
	acquisition Move // of what it costs to win a customer
}

// scenario is the shop as it is.
func (s *Shop) scenario() scenario {
	r := s.night.Rules
	return scenario{shop: s, change: noChange, rules: r}
}

// ofYear are the rules of a year's profit: what the next twelve months bring, of which later
// ones count as much as sooner ones.
func (c scenario) ofYear() scenario {
	c.rules.Horizon, c.rules.Rate = c.rules.Prices.UnitsPerYear, 0
	return c
}

// options are what models are asked.
func (c scenario) options() clv.ScoreOptions {
	o := c.rules.ScoreOptions(c.shop.workers)
	o.WithDECT = true
	return o
}

// asked is what scores and forecasts are of: some customers, who are one slice, in a scenario.
type asked struct {
	scenario
	first *int
	n     int
}

// answer is what customers come to in a scenario. A shop keeps those of behaviour as it is: every
// question begins from them.
type answer struct {
	scores clv.BlendScores
	total  *clv.TotalForecast // nil: nobody asked yet
}

// answer asks models of some customers.
func (c scenario) answer(who []int) *answer {
	of := asked{c, &who[0], len(who)}
	if a, known := c.shop.answers[of]; known {
		return a
	}
	a := &answer{scores: clv.ScoreBlend(c.shop.changed(c.change), panelOf(c.shop.panel, who), c.options())}
	if c.change == noChange {
		c.shop.answers[of] = a
	}
	return a
}

// value is what some customers come to, each to the last place as a night rounds it.
func (c scenario) value(who []int) money.Amount { return c.valueOf(who, c.answer(who)) }

func (c scenario) valueOf(who []int, a *answer) money.Amount {
	values := make([]float64, len(who))
	for i, at := range who {
		values[i] = c.rules.Future(a.scores.DECT[i], a.scores.AliveTime[i], c.shop.baskets.At(at))
	}
	return money.Sum(values)
}

// winning is what it cost to win those of some customers who were won in the last year, and so
// would cost at the same pace in the next.
func (c scenario) winning(who []int) (customers int64, cost money.Amount) {
	for _, at := range who {
		if c.shop.won[at] {
			customers++
			cost = cost.Plus(money.FromFloat(money.Round(c.acquisition.from(c.shop.acquired[at]))))
		}
	}
	return customers, cost
}

// toWin is what it costs to win a customer, in the mean of those of the last year.
func (c scenario) toWin(who []int) float64 {
	customers, cost := c.winning(who)
	return cost.Float() / float64(max(customers, 1))
}

// forecast is the total of some customers with what makes it uncertain, as the night forecasts
// customer equity. Where another one of the same customers is given, both rest on one sample.
func (c scenario) forecast(who []int, a *answer, beside *clv.TotalForecast) (clv.TotalForecast, error) {
	if a.total != nil {
		return *a.total, nil
	}
	shop, o := c.shop, c.rules.ScoreOptions(c.shop.workers)
	options := clv.PredictiveOptions{Horizon: o.Horizon, Delta: o.Delta, Prices: c.rules.Prices, Workers: o.Workers}
	if spend := shop.night.Spend; spend != nil {
		options.Spend, options.SpendCovariance = &spend.GammaGamma, shop.spendFit
	}
	predictive, err := clv.NewPredictive(shop.changed(c.change), options)
	if err != nil {
		return clv.TotalForecast{}, err
	}
	panel := panelOf(shop.panel, who)
	spent := clv.Spent{Mean: pick(shop.spent.Mean, who), Paid: pick(shop.spent.Paid, who)}
	each := clv.Baskets{Spend: pick(shop.baskets.Spend, who), Orders: pick(shop.baskets.Orders, who)}
	if c.rules.Prices.PerOrder == 0 {
		each.Orders = nil
	}
	var total clv.TotalForecast
	if beside != nil {
		total = predictive.TotalAs(*beside, panel, a.scores, spent, each)
	} else {
		total = predictive.Total(panel, a.scores, spent, each)
	}
	a.total = &total
	return total, nil
}

// past is what earlier forecasts of the shop say of this one.
func (c scenario) past() clv.Past {
	days := c.rules.Days()
	level := c.shop.level
	return clv.Past{Drift: level.Over(days), Tested: level.Days / days}
}

// under is the scenario with some changes made, in the order of Names; moved tells what became
// of each.
func (c scenario) under(changes Changes, who []int) (scenario, []Moved) {
	var all []Moved
	if m := changes[Frequency]; m.Some() {
		c.change.Rate = m.from(1)
	}
	for _, name := range changes.some() {
		m := changes[name]
		moved := Moved{What: name, Asked: m.Asked}
		switch name {
		case Retention:
			moved.Now = c.shop.retentionOf(who, noChange)
			c.change.Dropout, moved.Capped = c.shop.dropoutFor(who, m.from(moved.Now), c.change.Rate)
			moved.Then, moved.Dropout = c.shop.retentionOf(who, c.change), c.change.Dropout
		case Frequency:
			moved.Now, moved.Then = 1, c.change.Rate
		case Margin:
			moved.Now = c.rules.Prices.Margin
			c.rules.Prices.Margin = min(m.from(moved.Now), 1)
			moved.Then = c.rules.Prices.Margin
		case Acquisition:
			moved.Now = c.toWin(who)
			c.acquisition = m
			moved.Then = c.toWin(who)
		case Discount:
			moved.Now = c.rules.Rate
			c.rules.Rate = max(m.from(c.rules.Rate), 0)
			moved.Then = c.rules.Rate
		}
		all = append(all, moved)
	}
	return c, all
}

// bounded tells whether equity is finite at all: for ever without a discount it is not.
func (c scenario) bounded() bool { return c.rules.Rate > 0 || !math.IsInf(c.rules.Horizon, 1) }
