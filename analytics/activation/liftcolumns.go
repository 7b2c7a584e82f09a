package activation

import (
	"math"
	"strings"

	"clientele/analytics/publication"
	"clientele/analytics/publish"
)

// LiftColumns are rows as lift.csv has them.
func LiftColumns(rows []Lift) []publish.Col {
	all := make([]int, len(rows))
	for i := range all {
		all[i] = i
	}
	text := func(name string, of func(l Lift) string) publish.Col {
		return publication.TextsAt(len(rows), func(i int) string { return of(rows[i]) }).Of(name, all)
	}
	number := func(name string, of func(l Lift) float64) publish.Col {
		return publication.NumbersAt(len(rows), func(i int) float64 { return of(rows[i]) }).Of(name, all)
	}
	count := func(name string, of func(l Lift) int) publish.Col {
		return publication.CountsAt(len(rows), func(i int) int64 { return int64(of(rows[i])) }).Of(name, all)
	}
	needed := publication.CountsAt(len(rows), func(i int) int64 { return int64(rows[i].Needed) }).
		Where(func(i int) bool { return rows[i].Needed < math.MaxInt64 }) // not where it is NaN
	return []publish.Col{
		text("campaign", func(l Lift) string { return l.Campaign }),
		text("measure", func(l Lift) string { return string(l.Measure) }),
		number("treated", func(l Lift) float64 { return l.Effect.Treated }),
		number("control", func(l Lift) float64 { return l.Effect.Control }),
		number("effect", func(l Lift) float64 { return l.Effect.Effect }),
		number("low", func(l Lift) float64 { return l.Effect.Low }),
		number("high", func(l Lift) float64 { return l.Effect.High }),
		number("effect_cuped", func(l Lift) float64 { return l.Adjusted.Effect }),
		number("low_cuped", func(l Lift) float64 { return l.Adjusted.Low }),
		number("high_cuped", func(l Lift) float64 { return l.Adjusted.High }),
		text("verdict", func(l Lift) string { return string(l.Verdict) }),
		count("customers_treated", func(l Lift) int { return l.CustomersTreated }),
		count("customers_control", func(l Lift) int { return l.CustomersControl }),
		number("rho", func(l Lift) float64 { return l.Rho }),
		number("total", func(l Lift) float64 { return l.Total }),
		number("cost", func(l Lift) float64 { return l.Cost }),
		number("return_per_cost", func(l Lift) float64 { return l.ReturnPerCost }),
		number("detectable", func(l Lift) float64 { return l.Detectable }),
		needed.Of("needed", all),
		number("sample_ratio_p", func(l Lift) float64 { return l.SampleRatio }),
		number("balance_p", func(l Lift) float64 { return l.Balance }),
		text("overlaps", func(l Lift) string { return strings.Join(l.Overlaps, ";") }),
		count("overlapping", func(l Lift) int { return l.Overlapping }),
		count("contacts", func(l Lift) int { return l.Contacts }),
		count("contacts_saved", Lift.ContactsSaved),
		number("relative", func(l Lift) float64 { return l.Relative.Lift }),
		number("relative_low", func(l Lift) float64 { return l.Relative.Low }),
		number("relative_high", func(l Lift) float64 { return l.Relative.High }),
		count("crossed", func(l Lift) int { return l.Crossed }),
	}
}
