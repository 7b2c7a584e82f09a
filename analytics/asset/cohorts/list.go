package cohorts

import (
	"math"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/publish"
	"clientele/internal/money"
)

// columns are those of cohorts.csv.
func (r *Result) columns() []publish.Col {
	all := []publish.Col{r.text("kind", func(r Row) string { return r.Kind }), r.text("month", func(r Row) string { return r.Month })}
	if r.channels {
		all = append(all, r.text("channel", func(r Row) string { return r.Channel }))
	}
	if r.regions {
		all = append(all, r.text("region", func(r Row) string { return r.Region }))
	}
	return append(all,
		publish.ColOf("customers", r.Rows, func(r Row) int64 { return r.Customers }),
		r.amount("acquisition", func(r Row) money.Amount { return r.Acquisition }),
		r.amount("spend", func(r Row) money.Amount { return r.Spend }),
		r.amount("margin", func(r Row) money.Amount { return r.Margin }),
		publish.ColOf("retained", r.Rows, func(r Row) int64 { return r.Retained }),
		r.amount("past_value", func(r Row) money.Amount { return r.Past }),
		r.future(),
		r.number("future_low", func(r Row) float64 { return r.Low }),
		r.number("future_high", func(r Row) float64 { return r.High }),
		r.text("payback", func(r Row) string { return r.Payback }),
		r.text("payback_month", func(r Row) string { return r.PaidBack }),
		r.text("payback_low", func(r Row) string { return r.PaybackLow }),
		r.text("payback_high", func(r Row) string { return r.PaybackHigh }),
		r.number("ltv_over_cac", func(r Row) float64 { return r.LTVOverCAC }),
	)
}

func (r *Result) text(name string, of func(Row) string) publish.Col {
	return publish.ColOf(name, r.Rows, of)
}

func (r *Result) amount(name string, of func(Row) money.Amount) publish.Col {
	c := publish.ColOf(name, r.Rows, func(row Row) decimal128.Num { return of(row).Num() })
	c.Scale = money.Scale
	return c
}

// future is empty without a lifetime model.
func (r *Result) future() publish.Col {
	c := publish.OptionalColOf("future_value", r.Rows, func(row Row) *decimal128.Num {
		if !r.modelled {
			return nil
		}
		n := row.Future.Num()
		return &n
	})
	c.Scale = money.Scale
	return c
}

// number is empty where it is not known.
func (r *Result) number(name string, of func(Row) float64) publish.Col {
	return publish.OptionalColOf(name, r.Rows, func(row Row) *float64 {
		v := of(row)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
		return &v
	})
}
