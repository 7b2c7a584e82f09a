package cohorts

import (
	"clientele/analytics/night"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth/acquisition"
	"clientele/analytics/worth/valuation"
	"clientele/internal/money"
)

// Needs are what the stage takes of lifetime value.
type Needs struct {
	Won          acquisition.Costs // what winning each customer cost
	Past, Future []float64         // value of each customer
	// Ahead is the forecast of leaves; nil: there is no lifetime model.
	Ahead Ahead
}

// Ahead is the forecast of leaves, as [customers.Table.Leaves] has them.
type Ahead interface {
	// Bounds are the 90% interval of the future value of leaves together.
	Bounds(leaves []int32) (low, high float64)
	// Margin is what each wanted leaf is expected to bring until some days ahead.
	Margin(of []int32, wanted []bool, days []float64) [][]float64
	// Within are the 90% interval of what leaves together bring within some days, of which so
	// much is expected.
	Within(leaves []int32, days, expected float64) (low, high float64)
	// HorizonDays is how far ahead value counts; +Inf for ever.
	HorizonDays() float64
}

// Result is the table.
type Result struct {
	Rows              []Row
	channels, regions bool // they are mapped
	modelled          bool
}

// Row is a group of customers by how they were won.
type Row struct {
	Kind                    string
	Month                   string // of the first purchase; "": all
	Channel, Region         string
	Customers, Retained     int64
	Acquisition, Spend      money.Amount
	Margin, Past, Future    money.Amount
	Low, High               float64 // of Future: its 90% interval
	Payback                 string
	PaidBack                string // the month
	PaybackLow, PaybackHigh string
	LTVOverCAC              float64
}

// The kinds of rows. Those of one kind have all customers, each once.
const (
	Total   = "total"
	Month   = "month"
	Channel = "channel"
	Region  = "region"
	Cohort  = "cohort" // month, channel and region
)

// How a cohort pays back what winning it cost.
const (
	Seen     = "seen"
	Forecast = "forecast"
	Never    = "never"
)

// Run makes the table; nil where lifetime values are off.
func Run(n night.Context, needs Needs) *Result {
	if n.Job.CLV == nil {
		return nil
	}
	t := n.Customers
	r := &Result{channels: t.FirstLabel(acquisition.Channel) != nil, regions: t.FirstLabel(acquisition.Region) != nil, modelled: needs.Ahead != nil}
	all := newLeaves(n, needs)
	p := &payer{
		rules: valuation.SoFar(n.Job.CLV, n.HasCost), today: n.Today(), ahead: needs.Ahead, leaves: all,
	}
	groups := r.groupsOf(all.list)
	p.lookAhead(groups)
	round(groups, money.Places(n.Job.Currency))
	for _, g := range groups {
		r.Rows = append(r.Rows, p.rowOf(g))
	}
	return r
}

// Files are the table.
func (r *Result) Files() []night.File {
	return []night.File{{Name: column.Cohorts.File, Columns: r.columns()}}
}
