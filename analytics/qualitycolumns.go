package analytics

import (
	"math"

	"clientele/analytics/publish"
	"clientele/internal/number"
	"clientele/segment/quality"
)

// qualityColumns are the columns of segments.csv that tell whether a group is
// worth having, by the names of [Quality]. They are empty for kinds that are not
// judged.
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
		return ofQuality(name, groups, func(q *Quality) *string {
			if v := string(of(q)); v != "" {
				return &v
			}
			return nil
		})
	}
	return []publish.Col{
		numbers("distinct_silhouette", func(q *Quality) number.Float { return q.Silhouette }),
		numbers("distinct_eta2", func(q *Quality) number.Float { return q.EtaSquared }),
		ofQuality("distinct_days", groups, func(q *Quality) *int64 { return q.Days }),
		verdict("distinct", func(q *Quality) quality.Verdict { return q.Distinct }),
		numbers("stable_ari", func(q *Quality) number.Float { return q.AdjustedRand }),
		numbers("stable_jaccard", func(q *Quality) number.Float { return q.Jaccard }),
		numbers("stable_moved", func(q *Quality) number.Float { return q.Moved }),
		verdict("stable", func(q *Quality) quality.Verdict { return q.Stable }),
		ofQuality("rule", groups, func(q *Quality) *string { return &q.Rule }),
		verdict("measurable", func(q *Quality) quality.Verdict { return q.Measurable }),
		numbers("reachable_share", func(q *Quality) number.Float { return q.ReachableShare }),
		verdict("reachable", func(q *Quality) quality.Verdict { return q.Reachable }),
		numbers("substantial_value", func(q *Quality) number.Float { return q.MeanValue }),
		numbers("substantial_margin", func(q *Quality) number.Float { return q.Margin }),
		verdict("substantial", func(q *Quality) quality.Verdict { return q.Substantial }),
	}
}

// ofQuality is a column of values that groups may lack.
func ofQuality[T any](name string, groups []Group, of func(*Quality) *T) publish.Col {
	return publish.OptionalColOf(name, groups, func(g Group) *T {
		if g.Quality == nil {
			return nil
		}
		return of(g.Quality)
	})
}
