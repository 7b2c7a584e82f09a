package explain

import (
	"errors"
	"io/fs"
	"math"
	"time"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth/valuation"
	"clientele/clv"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// night is a publication by which customers can be valued again.
type night struct {
	*publication.Publication
	day   calendar.Day
	job   *job.Job           // its settings; nil: this version of the program cannot read them
	model *publication.Model // nil: no lifetime values
	blend *clv.Blend         // nil: no lifetime model
	spend *clv.SpendModel    // nil: an expected spend is the customer's own mean
	// spendFactor is how much more a purchase comes to than the model of spend says.
	spendFactor float64
	rules       valuation.Rules
	orders      clv.OrdersModel // where an order costs something
	costed      bool            // goods have costs of their own, so that the margin is each customer's
	// known tells whether rules are those of the night. Where not, nobody can be valued.
	known bool
}

// openNight reads what a publication is valued by.
func openNight(p *publication.Publication) (*night, error) {
	n := &night{Publication: p, day: calendar.DayOf(p.Day()), spendFactor: 1}
	noClock := func() time.Time { return p.Day() } // settings in force name a day
	if j, err := job.Parse(p.Path, p.Settings, nil, noClock); err == nil {
		n.job = j
	}
	if n.job == nil || n.job.CLV == nil {
		return n, nil
	}
	var err error
	if n.model, err = p.ReadModel(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := n.readRules(); err != nil {
		return nil, err
	}
	return n, n.readModels()
}

// readRules finds the prices of the night.
func (n *night) readRules() error {
	margin := n.job.CLV.Margin
	for _, s := range n.job.Sources {
		n.costed = n.costed || s.Columns.Cost != ""
	}
	n.known = true
	if n.costed {
		if n.known = n.Margin != nil; n.known {
			margin = *n.Margin
		}
	}
	n.rules = valuation.Of(n.job.CLV, margin)
	if n.rules.Prices.PerOrder == 0 {
		return nil
	}
	orders, days, err := n.ReadOrders()
	if errors.Is(err, publication.ErrNoColumn) || errors.Is(err, fs.ErrNotExist) {
		n.known = false
		return nil
	}
	if err == nil {
		n.orders, err = clv.FitOrders(orders, days, 1)
	}
	return err
}

// readModels builds the models of the night.
func (n *night) readModels() (err error) {
	if !n.model.Exists() {
		return nil
	}
	if n.blend, err = n.model.BuildBlend(); err != nil {
		return n.Damaged(publication.ModelFile, err)
	}
	if n.model.Stacking != nil {
		n.spendFactor = math.Exp(n.model.Stacking.At(n.day).Level.Spend)
	}
	if n.model.Spend == nil {
		return nil
	}
	m, err := n.model.Spend.Build()
	if err != nil && !errors.Is(err, clv.ErrNoMean) {
		return n.Damaged(publication.ModelFile, err)
	}
	n.spend = &m
	return nil
}

// history is what a customer did, as far as value goes by it.
type history struct {
	first, last  calendar.Day
	purchaseDays int64
	orders       int64
	net          money.Amount
	returns      int64
}

func (h history) past() cause.Past {
	return cause.Past{First: h.first, Last: h.last, Orders: h.orders, Returns: h.returns, Net: h.net}
}

// historyOf reads it from the rows of a night.
func historyOf(customer, remembered *publication.Row) (h history, known bool) {
	orders, hasOrders := remembered.Count(column.Orders)
	net, hasNet := remembered.Amount(column.Net)
	h = history{first: remembered.Day(column.FirstDay), last: remembered.Day(column.LastDay), orders: orders, net: net}
	var hasReturns bool
	if h.returns, hasReturns = remembered.Count(column.Returns); !hasReturns {
		h.returns = cause.NotKnown
	}
	var hasDays bool
	if h.purchaseDays, hasDays = customer.Count(column.PurchaseDays); !hasDays {
		h.purchaseDays, hasDays = remembered.Count(column.StagePurchaseDays)
	}
	return h, hasOrders && hasNet && hasDays && h.first != calendar.NoDay && h.last != calendar.NoDay
}

// outlook is what the models of a night expect of a history, on a day.
type outlook struct {
	purchases  float64 // within the horizon
	discounted float64 // the same, discounted
	time       float64 // as a customer within the horizon, in model units
	timeToday  float64 // the same, discounted
	pAlive     float64
}

// expect asks the models.
func (n *night) expect(r valuation.Rules, h history, today calendar.Day) outlook {
	unit := r.UnitDays
	row := clv.Panel{
		X:  []float64{float64(h.purchaseDays - 1)},
		TX: []float64{float64(h.last-h.first) / unit},
		T:  []float64{float64(today-h.first) / unit},
	}
	o := r.ScoreOptions(1)
	o.WithDECT = true
	s := clv.ScoreBlend(n.blend, row, o)
	plain := o
	plain.Delta = 0
	return outlook{
		purchases: s.CET[0], discounted: s.DECT[0], timeToday: s.AliveTime[0], pAlive: s.PAlive[0],
		time: clv.ScoreBlend(n.blend, row, plain).AliveTime[0],
	}
}

// future is the value ahead of a history, by the models of one night and the prices of
// another, which may be the same.
func (n *night) future(prices *night, h history, today calendar.Day, spend float64) money.Amount {
	r := prices.rules.InUnitOf(n.rules)
	o := n.expect(r, h, today)
	return money.FromFloat(r.Future(o.discounted, o.timeToday, n.basket(prices, h, spend)))
}

// basket is what the next purchase comes to: spend, and orders where these cost something.
func (n *night) basket(prices *night, h history, spend float64) clv.Basket {
	b := clv.Basket{Spend: spend, Orders: 1}
	if prices.rules.Prices.PerOrder == 0 {
		return b
	}
	model := n.orders
	if n.rules.Prices.PerOrder == 0 { // that night did not look
		model = prices.orders
	}
	b.Orders = model.PerPurchase(float64(h.orders), float64(h.purchaseDays))
	return b
}

// past is the value so far of what was earned with a history.
func (n *night) past(earned money.Amount, h history, today calendar.Day) money.Amount {
	r := n.rules
	if n.costed {
		r.Prices.Margin = 1
	} else {
		r.Prices.Margin = n.job.CLV.Margin
	}
	return money.FromFloat(r.Past(earned, h.orders, today-h.first))
}

// earned is what past value is a share of: net spend or, where goods have costs, what
// these leave of it, which published values tell.
func (n *night) earned(h history, past money.Amount) money.Amount {
	if !n.costed {
		return h.net
	}
	costs := money.FromFloat(n.rules.Past(money.Amount{}, h.orders, n.day-h.first))
	return past.Minus(costs)
}

// expectedSpend is what the night's model of spend expects of a history of purchases that
// brought money.
func (n *night) expectedSpend(of clv.SpendHistory) float64 {
	return money.Round(n.spendFactor * n.spend.Expected(of))
}
