package analytics

import (
	"clientele/analytics/publish"
	"clientele/segment/quality"
)

// qualityColumns are the columns of segments.csv that tell whether a group is
// worth having, by the names of [Quality]. They are empty for kinds that are not
// judged.
func qualityColumns(groups []Group) []publish.Col {
	number := func(name string, of func(*Quality) *float64) publish.Col {
		return ofQuality(name, groups, of)
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
		number("distinct_silhouette", func(q *Quality) *float64 { return q.Silhouette }),
		number("distinct_eta2", func(q *Quality) *float64 { return q.EtaSquared }),
		ofQuality("distinct_days", groups, func(q *Quality) *int64 { return q.Days }),
		verdict("distinct", func(q *Quality) quality.Verdict { return q.Distinct }),
		number("stable_ari", func(q *Quality) *float64 { return q.AdjustedRand }),
		number("stable_jaccard", func(q *Quality) *float64 { return q.Jaccard }),
		number("stable_moved", func(q *Quality) *float64 { return q.Moved }),
		verdict("stable", func(q *Quality) quality.Verdict { return q.Stable }),
		ofQuality("rule", groups, func(q *Quality) *string { return &q.Rule }),
		verdict("measurable", func(q *Quality) quality.Verdict { return q.Measurable }),
		number("reachable_share", func(q *Quality) *float64 { return q.ReachableShare }),
		verdict("reachable", func(q *Quality) quality.Verdict { return q.Reachable }),
		number("substantial_value", func(q *Quality) *float64 { return q.MeanValue }),
		number("substantial_margin", func(q *Quality) *float64 { return q.Margin }),
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
