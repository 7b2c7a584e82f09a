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
		return optional(name, groups, of)
	}
	verdict := func(name string, of func(*Quality) quality.Verdict) publish.Col {
		return optional(name, groups, func(q *Quality) *string {
			if v := string(of(q)); v != "" {
				return &v
			}
			return nil
		})
	}
	return []publish.Col{
		number("distinct_silhouette", func(q *Quality) *float64 { return q.Silhouette }),
		number("distinct_eta2", func(q *Quality) *float64 { return q.EtaSquared }),
		optional("distinct_days", groups, func(q *Quality) *int64 { return q.Days }),
		verdict("distinct", func(q *Quality) quality.Verdict { return q.Distinct }),
		number("stable_ari", func(q *Quality) *float64 { return q.AdjustedRand }),
		number("stable_jaccard", func(q *Quality) *float64 { return q.Jaccard }),
		number("stable_moved", func(q *Quality) *float64 { return q.Moved }),
		verdict("stable", func(q *Quality) quality.Verdict { return q.Stable }),
		optional("rule", groups, func(q *Quality) *string { return &q.Rule }),
		verdict("measurable", func(q *Quality) quality.Verdict { return q.Measurable }),
		number("reachable_share", func(q *Quality) *float64 { return q.ReachableShare }),
		verdict("reachable", func(q *Quality) quality.Verdict { return q.Reachable }),
		number("substantial_value", func(q *Quality) *float64 { return q.MeanValue }),
		number("substantial_margin", func(q *Quality) *float64 { return q.Margin }),
		verdict("substantial", func(q *Quality) quality.Verdict { return q.Substantial }),
	}
}

// optional is a column of values that groups may lack.
func optional[T any](name string, groups []Group, of func(*Quality) *T) publish.Col {
	values, valid := make([]T, len(groups)), make([]bool, len(groups))
	for i, g := range groups {
		if g.Quality == nil {
			continue
		}
		if v := of(g.Quality); v != nil {
			values[i], valid[i] = *v, true
		}
	}
	return publish.Col{Name: name, Values: values, Valid: valid}
}
