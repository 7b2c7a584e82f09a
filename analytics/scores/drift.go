package scores

import (
	"fmt"
	"slices"

	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/segment/quality"
)

// Recalled are the columns of the night before that the stage reads.
var Recalled = []*column.Column{column.R, column.F, column.M, column.Segment}

// measureDrift compares tonight's scores with the fit's and the last night's; nil where
// the cut points are of a version that did not count.
func (s *Result) measureDrift(n night.Context) *publication.Drift {
	if s.Cuts.Counts == nil {
		return nil
	}
	fit, now := s.Cuts.Counts, s.Count(s.Cuts.Bins)
	d := &publication.Drift{
		FittedOn: s.Cuts.AsOf,
		R:        quality.MeasureDrift(fit.R, now.R),
		F:        quality.MeasureDrift(fit.F, now.F),
		M:        quality.MeasureDrift(fit.M, now.M),
		Moved:    s.moved(n),
	}
	warnOfDrift(n, d)
	return d
}

// warnOfDrift says which scores are spread otherwise than when the cut points were fitted.
func warnOfDrift(n night.Context, d *publication.Drift) {
	for _, of := range []struct {
		name string
		quality.Drift
	}{{"r", d.R}, {"f", d.F}, {"m", d.M}} {
		if of.Verdict == quality.DriftAlarm {
			n.Warn("warning.scores_drift", "score", of.name, "night", d.FittedOn,
				"psi", fmt.Sprintf("%.2f", of.PSI), "chance", fmt.Sprintf("%.2f", of.Chance))
		}
	}
}

// moved compares tonight with the night before; nil where there was none, or it had no
// scores.
func (s *Result) moved(n night.Context) *publication.Moved {
	if n.Before == nil {
		return nil
	}
	before := n.Before.Members
	r, f, m, name := before.Counts(column.R), before.Counts(column.F), before.Counts(column.M), before.Texts(column.Segment)
	if slices.ContainsFunc([]int{len(r), len(f), len(m), name.Len()}, func(size int) bool { return size != before.Len() }) {
		return nil
	}
	found := &publication.Moved{Since: n.Before.AsOf}
	for i, at := range n.Before.Was {
		if !n.Before.Idle[i] {
			continue
		}
		found.Unchanged++
		count(&found.R, r[at] != int64(s.R[i]))
		count(&found.F, f[at] != int64(s.F[i]))
		count(&found.M, m[at] != int64(s.M[i]))
		count(&found.Segment, name.At(at) != s.Segment[i])
	}
	return found
}

func count(into *int64, moved bool) {
	if moved {
		*into++
	}
}
