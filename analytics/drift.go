package analytics

import (
	"slices"

	"clientele/analytics/publication/column"
	"clientele/segment"
)

// Drift is how far tonight's scores have moved from those of the night that
// their cut points were fitted in, and who moved without doing anything.
type Drift struct {
	FittedOn string        `json:"fitted_on"`
	R        segment.Drift `json:"r"`
	F        segment.Drift `json:"f"`
	M        segment.Drift `json:"m"`
	Moved    *Moved        `json:"moved"` // null: no earlier night to compare with
}

// Moved counts customers whose score or segment is another than on the night
// before, although their orders and money are the same. Time moves r alone,
// while the cut points stay; a refit may move all.
type Moved struct {
	Since     string `json:"since"`
	Unchanged int64  `json:"unchanged"` // customers without a transaction since then
	R         int64  `json:"r"`
	F         int64  `json:"f"`
	M         int64  `json:"m"`
	Segment   int64  `json:"segment"`
}

// measureDrift compares tonight's scores with the fit's and the last night's.
func (n *night) measureDrift() {
	if n.cuts.Counts == nil { // of a version that did not count
		return
	}
	fit, now := n.cuts.Counts, n.scores.Count(n.cuts.Bins)
	n.drift = &Drift{
		FittedOn: n.cuts.AsOf,
		R:        segment.MeasureDrift(fit.R, now.R),
		F:        segment.MeasureDrift(fit.F, now.F),
		M:        segment.MeasureDrift(fit.M, now.M),
		Moved:    n.moved(),
	}
	for _, d := range []struct {
		name string
		segment.Drift
	}{{"r", n.drift.R}, {"f", n.drift.F}, {"m", n.drift.M}} {
		if d.Verdict == segment.DriftAlarm {
			n.warn("rfm: scores of %s are spread otherwise than on %s, when the cut points were fitted: PSI %.2f, where chance gives up to %.2f; look for a change in the shop or its exports, or fit them anew with rfm.refit: always for a night",
				d.name, n.cuts.AsOf, d.PSI, d.Chance)
		}
	}
}

// moved compares tonight with the night before; nil where it remembers nobody
// or had no scores.
func (n *night) moved() *Moved {
	if n.previous == nil || n.previous.Members == nil {
		return nil
	}
	before := n.previous.Members
	r, f, m, name := before.Counts(column.R), before.Counts(column.F), before.Counts(column.M), before.Texts(column.Segment)
	orders, net := before.Counts(column.Orders), before.Amounts(column.Net)
	if slices.ContainsFunc([]int{len(r), len(f), len(m), len(name), len(orders), len(net)}, func(size int) bool { return size != before.Len() }) {
		return nil
	}
	found := &Moved{Since: n.previous.AsOf}
	was, _ := before.Match(n.customers.ID)
	for i, at := range was {
		if at < 0 || orders[at] != n.customers.Orders[i] || net[at] != n.customers.Net[i] {
			continue
		}
		found.Unchanged++
		count(&found.R, r[at] != int64(n.scores.R[i]))
		count(&found.F, f[at] != int64(n.scores.F[i]))
		count(&found.M, m[at] != int64(n.scores.M[i]))
		count(&found.Segment, name[at] != n.segment[i])
	}
	return found
}

func count(into *int64, moved bool) {
	if moved {
		*into++
	}
}
