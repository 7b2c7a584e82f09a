package scores

import (
	"slices"

	"clientele/analytics/night"
	"clientele/analytics/publication/column"
	"clientele/segment/quality"
)

// Drift is how far tonight's scores have moved from those of the night that
// their cut points were fitted in, and who moved without doing anything.
type Drift struct {
	FittedOn string        `json:"fitted_on"`
	R        quality.Drift `json:"r"`
	F        quality.Drift `json:"f"`
	M        quality.Drift `json:"m"`
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

// measureDrift compares tonight's scores with the fit's and the last night's; nil where
// the cut points are of a version that did not count.
func (s *Result) measureDrift(n night.Context) *Drift {
	if s.Cuts.Counts == nil {
		return nil
	}
	fit, now := s.Cuts.Counts, s.Count(s.Cuts.Bins)
	d := &Drift{
		FittedOn: s.Cuts.AsOf,
		R:        quality.MeasureDrift(fit.R, now.R),
		F:        quality.MeasureDrift(fit.F, now.F),
		M:        quality.MeasureDrift(fit.M, now.M),
		Moved:    s.moved(n),
	}
	d.warn(n)
	return d
}

// warn says which scores are spread otherwise than when the cut points were fitted.
func (d *Drift) warn(n night.Context) {
	for _, of := range []struct {
		name string
		quality.Drift
	}{{"r", d.R}, {"f", d.F}, {"m", d.M}} {
		if of.Verdict == quality.DriftAlarm {
			n.Warn("rfm: scores of %s are spread otherwise than on %s, when the cut points were fitted: PSI %.2f, where chance gives up to %.2f; look for a change in the shop or its exports, or fit them anew with rfm.refit: always for a night",
				of.name, d.FittedOn, of.PSI, of.Chance)
		}
	}
}

// moved compares tonight with the night before; nil where there was none, or it had no
// scores.
func (s *Result) moved(n night.Context) *Moved {
	if n.Before == nil {
		return nil
	}
	before := n.Before.Members
	r, f, m, name := before.Counts(column.R), before.Counts(column.F), before.Counts(column.M), before.Texts(column.Segment)
	if slices.ContainsFunc([]int{len(r), len(f), len(m), len(name)}, func(size int) bool { return size != before.Len() }) {
		return nil
	}
	found := &Moved{Since: n.Before.AsOf}
	for i, at := range n.Before.Was {
		if !n.Before.Idle[i] {
			continue
		}
		found.Unchanged++
		count(&found.R, r[at] != int64(s.R[i]))
		count(&found.F, f[at] != int64(s.F[i]))
		count(&found.M, m[at] != int64(s.M[i]))
		count(&found.Segment, name[at] != s.Segment[i])
	}
	return found
}

func count(into *int64, moved bool) {
	if moved {
		*into++
	}
}
