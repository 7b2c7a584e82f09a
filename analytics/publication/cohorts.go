package publication

import (
	"clientele/analytics/publication/column"
	"clientele/internal/money"
)

// WonMonth is the customers who were won in a month: a row of cohorts.csv.
type WonMonth struct {
	Month      string
	Customers  int64
	Cost       money.Amount // of winning them
	Margin     money.Amount // before that cost, so far
	Future     money.Amount // expected; zero without a lifetime model
	Low, High  float64      // its 90% interval; NaN without one
	Payback    string       // seen, forecast, never; empty: neither
	PaidBack   string       // the month, seen or forecast
	Earliest   string       // of a forecast
	Latest     string       // of a forecast; empty: not within the horizon
	LTVOverCAC float64      // NaN: winning them cost nothing
}

// ReadWonMonths reads the months of cohorts.csv, in order. Errors are those of
// [Publication.OpenFile].
func (p *Publication) ReadWonMonths() (rows []WonMonth, err error) {
	err = p.EachRow(column.Cohorts, func(r *ListRow) bool {
		if r.Text("kind") != "month" {
			return r.Text("kind") == "total" // which stands before them
		}
		rows = append(rows, WonMonth{
			Month: r.Text("month"), Customers: r.Count("customers"), Cost: r.Amount("acquisition"), Margin: r.Amount("margin"),
			Future: r.Amount("future_value"), Low: r.Number("future_low"), High: r.Number("future_high"),
			Payback: r.Text("payback"), PaidBack: r.Text("payback_month"), Earliest: r.Text("payback_low"), Latest: r.Text("payback_high"), LTVOverCAC: r.Number("ltv_over_cac"),
		})
		return true
	})
	return rows, err
}

// NewestWon are the last months of them in which winning customers cost anything, up to so
// many; none where it never did.
func NewestWon(all []WonMonth, most int) (rows []WonMonth) {
	for _, m := range all {
		if m.Cost != (money.Amount{}) {
			rows = append(rows, m)
		}
	}
	return rows[max(0, len(rows)-most):]
}
