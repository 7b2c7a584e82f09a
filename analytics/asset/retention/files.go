package retention

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/night"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// line is a row of the file: a period, and the unit that it is of.
type line struct {
	unit
	period      int32
	from, until calendar.Day
	row
}

// lines are the rows of all tables.
func (r *Result) lines() (all []line) {
	for _, t := range r.tables {
		for k, row := range t.rows {
			period := t.from + int32(k)
			all = append(all, line{
				t.unit, period,
				max(r.firstDay, t.first(period).FirstDay()), min(r.asOf, t.first(period+1).FirstDay()-1), row,
			})
		}
	}
	return all
}

// Files are the tables.
func (r *Result) Files() []night.File {
	lines := r.lines()
	text := func(name string, of func(line) string) publish.Col { return publish.ColOf(name, lines, of) }
	day := func(name string, of func(line) calendar.Day) publish.Col {
		return publish.ColOf(name, lines, func(l line) arrow.Date32 { return arrow.Date32(of(l)) })
	}
	count := func(name string, of func(line) int64) publish.Col { return publish.ColOf(name, lines, of) }
	amount := func(name string, of func(line) money.Amount) publish.Col {
		c := publish.ColOf(name, lines, func(l line) decimal128.Num { return of(l).Num() })
		c.Scale = money.Scale
		return c
	}
	shares := func(name string, of func(line) (part, whole float64)) publish.Col { return shareOf(name, lines, of) }
	counts := func(part, whole int64) (float64, float64) { return float64(part), float64(whole) }
	amounts := func(part, whole money.Amount) (float64, float64) { return part.Float(), whole.Float() }
	return []night.File{{Name: column.Retention.File, Columns: []publish.Col{
		text("unit", func(l line) string { return l.String() }),
		text("period", func(l line) string { return l.name(l.period) }),
		day("from", func(l line) calendar.Day { return l.from }),
		day("until", func(l line) calendar.Day { return l.until }),
		count("start_customers", func(l line) int64 { return l.Start }),
		count("retained", func(l line) int64 { return l.Retained }),
		count("churned", func(l line) int64 { return l.Churned }),
		count("resurrected", func(l line) int64 { return l.Resurrected }),
		count("new", func(l line) int64 { return l.New }),
		count("active", func(l line) int64 { return l.Active }),
		shares("repeat_rate", func(l line) (float64, float64) { return counts(l.Repeat, l.Active) }),
		shares("customer_retention", func(l line) (float64, float64) { return counts(l.Retained, l.Start) }),
		amount("start_revenue", func(l line) money.Amount { return l.StartRevenue }),
		amount("churned_revenue", func(l line) money.Amount { return l.ChurnedRevenue }),
		amount("contraction", func(l line) money.Amount { return l.Contraction }),
		amount("expansion", func(l line) money.Amount { return l.Expansion }),
		amount("resurrected_revenue", func(l line) money.Amount { return l.ResurrectedRevenue }),
		amount("new_revenue", func(l line) money.Amount { return l.NewRevenue }),
		amount("active_revenue", func(l line) money.Amount { return l.Revenue }),
		amount("idle_returned", func(l line) money.Amount { return money.Amount{}.Minus(l.Idle) }),
		amount("revenue", func(l line) money.Amount { return l.Revenue.Plus(l.Idle) }),
		shares("net_retention", func(l line) (float64, float64) { net, _ := l.kept(); return amounts(net, l.StartRevenue) }),
		shares("gross_retention", func(l line) (float64, float64) { _, gross := l.kept(); return amounts(gross, l.StartRevenue) }),
		count("former_customers", func(l line) int64 { return l.Former }),
		amount("former_revenue", func(l line) money.Amount { return l.FormerRevenue }),
		shares("former_share", func(l line) (float64, float64) { return amounts(l.FormerRevenue, l.Revenue) }),
	}}}
}

// shareOf is a column of shares; one of nothing, or of less than nothing, is empty.
func shareOf(name string, lines []line, of func(line) (part, whole float64)) publish.Col {
	values, valid := make([]float64, len(lines)), make([]bool, len(lines))
	for i, l := range lines {
		if part, whole := of(l); whole > 0 {
			values[i], valid[i] = part/whole, true
		}
	}
	return publish.Col{Name: name, Values: values, Valid: valid}
}
