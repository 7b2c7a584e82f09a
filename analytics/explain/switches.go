package explain

import (
	"slices"
	"strconv"

	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/analytics/publication/column"
	"clientele/analytics/scores/rfm"
)

// groupSwitches are the groups that are others.
func (s *sides) groupSwitches() (all []Switch) {
	for _, c := range []*column.Column{column.Segment, column.Tier, column.TierStatus, column.LifecycleStage, column.Decline} {
		if !s.before.remembered.Has(c) || !s.after.remembered.Has(c) {
			continue
		}
		if was, is := s.before.remembered.Text(c), s.after.remembered.Text(c); was != is {
			all = append(all, Switch{Column: c.Name, Was: was, Is: is})
		}
	}
	return all
}

// scoreSwitches are the scores that are others, and why: tonight's numbers are scored by
// the cut points of the night before too.
func (s *sides) scoreSwitches() ([]Switch, error) {
	was, is := scoresOf(s.before.remembered), scoresOf(s.after.remembered)
	if was == nil || is == nil || slices.Equal(was, is) {
		return nil, nil
	}
	cuts, err := s.older.ReadCutPoints()
	if cuts == nil {
		return nil, orAbsent(err)
	}
	between := s.scoredBy(*cuts)
	var all []Switch
	for i, c := range []*column.Column{column.R, column.F, column.M} {
		if was[i] == is[i] {
			continue
		}
		one := Switch{Column: c.Name, Was: strconv.FormatInt(was[i], 10), Is: strconv.FormatInt(is[i], 10)}
		if between[i] != was[i] {
			one.Why = append(one.Why, s.moved(c))
		}
		if between[i] != is[i] {
			one.Why = append(one.Why, cause.CutPointsMoved)
		}
		all = append(all, one)
	}
	return all, nil
}

// moved is the cause of another number behind a score.
func (s *sides) moved(c *column.Column) cause.Cause {
	if !s.changed || c == column.R && s.is.Last == s.was.Last {
		return cause.TimePassed
	}
	return s.happened()
}

// scoredBy are the scores of tonight's numbers by some cut points.
func (s *sides) scoredBy(cuts rfm.CutPoints) []int64 {
	frequency, _ := s.after.remembered.Count(column.Frequency)
	monetary, _ := s.after.remembered.Amount(column.Monetary)
	of := cuts.Score([]float64{float64(s.newer.day - s.is.Last)}, []float64{float64(frequency)}, []float64{monetary.Float()})
	return []int64{int64(of.R[0]), int64(of.F[0]), int64(of.M[0])}
}

// scoresOf are r, f and m; nil where there are none.
func scoresOf(r *publication.Row) (all []int64) {
	for _, c := range []*column.Column{column.R, column.F, column.M} {
		if score, has := r.Count(c); has {
			all = append(all, score)
		}
	}
	if len(all) < 3 { //nolint:mnd // r, f and m
		return nil
	}
	return all
}
