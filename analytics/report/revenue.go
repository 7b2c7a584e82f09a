package report

import (
	"slices"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Revenue is the section about where revenue comes from, and who buys again.
type Revenue struct {
	Text      string
	Sources   Table
	Keeping   string // what winning a customer costs beside keeping one; empty: the job does not say
	Retention Table
}

func (p *Page) addRevenue(r *reading) (err error) {
	if r.night.Revenue == nil || !r.night.HasList(column.RevenueSources) || !r.night.HasList(column.Retention) {
		p.leaveOut(r.say.Say("report.off.revenue"))
		return nil
	}
	s := &Revenue{Text: r.say.Say("report.revenue.text"), Keeping: r.keeping(r.night.Revenue.Keeping)}
	if s.Sources, err = r.sourceTable(); err != nil {
		return err
	}
	if s.Retention, err = r.retentionTable(); err != nil {
		return err
	}
	p.Revenue = s
	return nil
}

// shownMonths is how many months the page has: revenue_sources.csv has all.
const shownMonths = 6

// sourceTable is where the revenue of the last months comes from, and that of all. Sources
// that the job maps nothing for are left out.
func (r *reading) sourceTable() (Table, error) {
	say := r.say
	v := r.night.Revenue
	shown := []string{"initial", "repeat", "incremental"}
	for _, of := range []struct {
		column string
		total  money.Amount
	}{{"cross", v.Cross}, {"referral", v.Referral}, {"price_premium", v.PricePremium}} {
		if of.total != (money.Amount{}) {
			shown = append(shown, of.column)
		}
	}
	shown = append(shown, "returned", "net")
	t := Table{ID: "sources", Caption: say.Say("report.revenue.sources"), Note: say.Say("report.revenue.sources_note"), Head: texts(say.Say("report.revenue.month"))}
	for _, c := range shown {
		t.Head = append(t.Head, numbers(say.SayOf("report.revenue.col", c))...)
	}
	err := r.night.EachRow(column.RevenueSources, func(row *publication.ListRow) bool {
		cells := rowOf(row.Text("month"))
		for _, c := range shown {
			cells = append(cells, Cell{Text: amount(row.Amount(c))})
		}
		t.Rows = append(t.Rows, cells)
		return true
	})
	t.Rows = t.Rows[max(0, len(t.Rows)-shownMonths):]
	total := map[string]money.Amount{
		"initial": v.Initial, "repeat": v.Repeat, "incremental": v.Incremental, "cross": v.Cross, "referral": v.Referral,
		"price_premium": v.PricePremium, "returned": v.Returned, "net": v.Net,
	}
	all := rowOf(say.Say("report.revenue.all"))
	for _, c := range shown {
		all = append(all, Cell{Text: amount(total[c])})
	}
	t.Rows = append(t.Rows, all)
	return t, err
}

// keeping says what winning a customer costs beside keeping one.
func (r *reading) keeping(k *publication.Keeping) string {
	if k == nil || k.Ratio == nil {
		return ""
	}
	return r.say.Say("report.revenue.keeping", "winning", amount(*k.Winning), "serving", amount(*k.Serving), "ratio", decimal(*k.Ratio), "kept", k.Kept, "saved", amount(*k.Saved))
}

// shownQuarters is how many quarters the page has beside all years.
const shownQuarters = 4

// retentionTable has the last quarters and all years.
func (r *reading) retentionTable() (Table, error) {
	say := r.say
	t := Table{ID: "retention", Caption: say.Say("report.retention.caption"), Note: say.Say("report.retention.note")}
	t.Head = slices.Concat(texts(say.Say("report.retention.period")), numbers(say.Say("report.retention.active"), say.Say("report.retention.retained"), say.Say("report.retention.churned"),
		say.Say("report.retention.resurrected"), say.Say("report.retention.new"), say.Say("report.retention.revenue"), say.Say("report.retention.net"), say.Say("report.retention.gross"),
		say.Say("report.retention.repeat"), say.Say("report.retention.former")))
	of := map[string][]Row{}
	err := r.night.EachRow(column.Retention, func(row *publication.ListRow) bool {
		unit := row.Text("unit")
		if unit == "month" {
			return true
		}
		of[unit] = append(of[unit], rowOf(r.periodOf(row), count(row.Count("active")), count(row.Count("retained")), count(row.Count("churned")),
			count(row.Count("resurrected")), count(row.Count("new")), amount(row.Amount("revenue")), percent(row.Number("net_retention")), percent(row.Number("gross_retention")),
			percent(row.Number("repeat_rate")), percent(row.Number("former_share"))))
		return true
	})
	quarters := of["quarter"]
	t.Rows = slices.Concat(of["year"], quarters[max(0, len(quarters)-shownQuarters):])
	return t, err
}

// periodOf is what a period is called, with its days where they are not all there are.
func (r *reading) periodOf(row *publication.ListRow) string {
	months := map[string]calendar.Month{"quarter": 3, "year": 12}[row.Text("unit")]
	from, until := row.Day("from"), row.Day("until")
	first, next := calendar.MonthOf(from), calendar.MonthOf(until+1)
	if from == first.FirstDay() && until+1 == next.FirstDay() && next-first == months {
		return row.Text("period")
	}
	return r.say.Say("report.retention.part", "period", row.Text("period"), "from", day(from), "until", day(until))
}
