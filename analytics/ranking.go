package analytics

import (
	"cmp"
	"math"
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/worth"
)

// ranking is the customers from best to worst, by a column; those that tie by id. It
// holds places in the columns. What is not known of a customer is least.
func (f *found) ranking(column job.RankBy) []int {
	by := f.rankedBy(column)
	// The values lie beside the indices: a sort that looks them up is slow.
	type entry struct {
		value float64
		at    int
	}
	entries := make([]entry, len(by))
	for i := range entries {
		entries[i] = entry{by[i], i}
		if math.IsNaN(by[i]) {
			entries[i].value = math.Inf(-1)
		}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		switch {
		case a.value > b.value:
			return -1
		case a.value < b.value:
			return 1
		default: // customers are in order of id
			return cmp.Compare(a.at, b.at)
		}
	})
	order := make([]int, len(entries))
	for rank, e := range entries {
		order[rank] = e.at
	}
	return order
}

// rankedBy is what customers are ranked by. On a night that knows nothing of what the job
// asks for, which then warns of it, they are ranked by clv or, without it, by net spend.
func (f *found) rankedBy(column job.RankBy) []float64 {
	switch {
	case column == job.RankByFuture && f.worth.Modelled():
		return f.worth.Future
	case column == job.RankByRisk && f.risk != nil && f.risk.Value != nil:
		return f.risk.Value
	case f.worth != nil:
		return f.worth.CLV
	}
	return f.base.net
}

// warnOfRanking says where customers are not ranked as the job asks.
func warnOfRanking(f *night.Frame, valued *worth.Result) {
	if by := f.Job.Output.RankBy; by != job.RankByCLV && !valued.Modelled() {
		f.Warn("warning.rank_by", "column", string(by))
	}
}
