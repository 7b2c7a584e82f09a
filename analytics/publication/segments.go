package publication

import (
	"math"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/publish"
	"clientele/internal/money"
	"clientele/internal/number"
	"clientele/segment/quality"
)

// SegmentColumns are the columns of segments.csv: a row for each group. Without values,
// those that rest on them are left out.
func SegmentColumns(groups []Group, valued bool) []publish.Col {
	amount := func(name string, of func(Group) money.Amount) publish.Col {
		c := publish.ColOf(name, groups, func(g Group) decimal128.Num { return of(g).Num() })
		c.Scale = money.Scale
		return c
	}
	columns := []publish.Col{
		publish.ColOf("kind", groups, func(g Group) string { return g.Kind }),
		publish.ColOf("group", groups, func(g Group) string { return g.Name }),
		publish.ColOf("label", groups, func(g Group) string { return g.Label }),
		publish.ColOf("customers", groups, func(g Group) int64 { return g.Customers }),
		publish.ColOf("share", groups, func(g Group) float64 { return g.Share }),
		publish.ColOf("orders", groups, func(g Group) int64 { return g.Orders }),
		amount("revenue", func(g Group) money.Amount { return g.Revenue }),
	}
	if valued {
		columns = append(columns,
			amount("past_value", func(g Group) money.Amount { return g.PastValue }),
			amount("future_value", func(g Group) money.Amount { return g.FutureValue }),
			publish.ColOf("equity_share", groups, func(g Group) float64 { return g.EquityShare }))
	}
	return append(columns, qualityColumns(groups)...)
}

// qualityColumns tell whether a group is worth having, by the names of [Quality]. They
// are empty for kinds that are not judged.
func qualityColumns(groups []Group) []publish.Col {
	numbers := func(name string, of func(*Quality) number.Float) publish.Col {
		return publish.NumbersOf(name, groups, func(g Group) float64 {
			if g.Quality == nil {
				return math.NaN()
			}
			return float64(of(g.Quality))
		})
	}
	verdict := func(name string, of func(*Quality) quality.Verdict) publish.Col {
		return judged(name, groups, func(q *Quality) *string {
			if v := string(of(q)); v != "" {
				return &v
			}
			return nil
		})
	}
	return []publish.Col{
		numbers("distinct_silhouette", func(q *Quality) number.Float { return q.Silhouette }),
		numbers("distinct_eta2", func(q *Quality) number.Float { return q.EtaSquared }),
		judged("distinct_days", groups, func(q *Quality) *int64 { return q.Days }),
		verdict("distinct", func(q *Quality) quality.Verdict { return q.Distinct }),
		numbers("stable_ari", func(q *Quality) number.Float { return q.AdjustedRand }),
		numbers("stable_jaccard", func(q *Quality) number.Float { return q.Jaccard }),
		numbers("stable_moved", func(q *Quality) number.Float { return q.Moved }),
		verdict("stable", func(q *Quality) quality.Verdict { return q.Stable }),
		judged("rule", groups, func(q *Quality) *string { return &q.Rule }),
		verdict("measurable", func(q *Quality) quality.Verdict { return q.Measurable }),
		numbers("reachable_share", func(q *Quality) number.Float { return q.ReachableShare }),
		verdict("reachable", func(q *Quality) quality.Verdict { return q.Reachable }),
		numbers("substantial_value", func(q *Quality) number.Float { return q.MeanValue }),
		numbers("substantial_margin", func(q *Quality) number.Float { return q.Margin }),
		verdict("substantial", func(q *Quality) quality.Verdict { return q.Substantial }),
	}
}

// judged is a column of values that a group's quality may lack.
func judged[T any](name string, groups []Group, of func(*Quality) *T) publish.Col {
	return publish.OptionalColOf(name, groups, func(g Group) *T {
		if g.Quality == nil {
			return nil
		}
		return of(g.Quality)
	})
}
