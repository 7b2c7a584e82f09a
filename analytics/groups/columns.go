package groups

import (
	"math"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/ledger"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/number"
	"clientele/segment/quality"
)

// Columns are what a state remembers of the anchor night; nil where there is none.
func (r *Result) Columns() publication.Columns {
	a := r.anchor
	if a.night == nil {
		return nil
	}
	there := func(i int) bool { return a.orders[i] > 0 }
	columns := publication.Columns{
		column.AnchorOrders: publication.Counts(a.orders).Where(there),
		column.AnchorNet:    publication.Amounts(a.net).Where(there),
	}
	for _, g := range column.Groupings {
		if names := a.groups[g.Name]; names != nil {
			columns[g.Anchor] = publication.Texts(names).Where(there)
		}
	}
	return columns
}

// Files are the groups, one row each.
func (r *Result) Files() []night.File {
	return []night.File{{Name: publication.SegmentsFile, Columns: append(r.summary(), qualityOf(r.Groups)...)}}
}

func (r *Result) summary() []publish.Col {
	text := func(name string, of func(publication.Group) string) publish.Col {
		return publish.ColOf(name, r.Groups, of)
	}
	count := func(name string, of func(publication.Group) int64) publish.Col {
		return publish.ColOf(name, r.Groups, of)
	}
	share := func(name string, of func(publication.Group) float64) publish.Col {
		return publish.ColOf(name, r.Groups, of)
	}
	columns := []publish.Col{
		text("kind", func(g publication.Group) string { return g.Kind }),
		text("group", func(g publication.Group) string { return g.Name }),
		text("label", func(g publication.Group) string { return g.Label }),
		count("customers", func(g publication.Group) int64 { return g.Customers }),
		share("share", func(g publication.Group) float64 { return g.Share }),
		count("orders", func(g publication.Group) int64 { return g.Orders }),
		r.money("revenue", func(g publication.Group) ledger.Money { return g.Revenue }),
	}
	if !r.valued {
		return columns
	}
	return append(columns,
		r.money("past_value", func(g publication.Group) ledger.Money { return g.PastValue }),
		r.money("future_value", func(g publication.Group) ledger.Money { return g.FutureValue }),
		share("equity_share", func(g publication.Group) float64 { return g.EquityShare }))
}

func (r *Result) money(name string, of func(publication.Group) ledger.Money) publish.Col {
	c := publish.ColOf(name, r.Groups, func(g publication.Group) decimal128.Num { return of(g).Num() })
	c.Scale = ledger.MoneyScale
	return c
}

// qualityOf are the columns of segments.csv that tell whether a group is
// worth having, by the names of [publication.Quality]. They are empty for kinds that are not
// judged.
func qualityOf(groups []publication.Group) []publish.Col {
	numbers := func(name string, of func(*publication.Quality) number.Float) publish.Col {
		return publish.NumbersOf(name, groups, func(g publication.Group) float64 {
			if g.Quality == nil {
				return math.NaN()
			}
			return float64(of(g.Quality))
		})
	}
	verdict := func(name string, of func(*publication.Quality) quality.Verdict) publish.Col {
		return ofQuality(name, groups, func(q *publication.Quality) *string {
			if v := string(of(q)); v != "" {
				return &v
			}
			return nil
		})
	}
	return []publish.Col{
		numbers("distinct_silhouette", func(q *publication.Quality) number.Float { return q.Silhouette }),
		numbers("distinct_eta2", func(q *publication.Quality) number.Float { return q.EtaSquared }),
		ofQuality("distinct_days", groups, func(q *publication.Quality) *int64 { return q.Days }),
		verdict("distinct", func(q *publication.Quality) quality.Verdict { return q.Distinct }),
		numbers("stable_ari", func(q *publication.Quality) number.Float { return q.AdjustedRand }),
		numbers("stable_jaccard", func(q *publication.Quality) number.Float { return q.Jaccard }),
		numbers("stable_moved", func(q *publication.Quality) number.Float { return q.Moved }),
		verdict("stable", func(q *publication.Quality) quality.Verdict { return q.Stable }),
		ofQuality("rule", groups, func(q *publication.Quality) *string { return &q.Rule }),
		verdict("measurable", func(q *publication.Quality) quality.Verdict { return q.Measurable }),
		numbers("reachable_share", func(q *publication.Quality) number.Float { return q.ReachableShare }),
		verdict("reachable", func(q *publication.Quality) quality.Verdict { return q.Reachable }),
		numbers("substantial_value", func(q *publication.Quality) number.Float { return q.MeanValue }),
		numbers("substantial_margin", func(q *publication.Quality) number.Float { return q.Margin }),
		verdict("substantial", func(q *publication.Quality) quality.Verdict { return q.Substantial }),
	}
}

// ofQuality is a column of values that groups may lack.
func ofQuality[T any](name string, groups []publication.Group, of func(*publication.Quality) *T) publish.Col {
	return publish.OptionalColOf(name, groups, func(g publication.Group) *T {
		if g.Quality == nil {
			return nil
		}
		return of(g.Quality)
	})
}
