package compare

import (
	"reflect"

	"clientele/analytics/publication/column"
	"clientele/analytics/scores/rfm"
	"clientele/internal/calendar"
)

// scored is the customers of both nights by the older night's cut points: what
// they would be, had nothing but they themselves changed.
type scored struct {
	then, now []code
	refit     bool            // the newer night scores by other cut points
	segment   map[code]string // of the older night
}

// code is r, f and m or, where segments go by a split, the marks of near and far,
// high and low.
type code [3]int8

// refitted tells whether scores were cut at other points.
func (p pair) refitted() bool {
	if p.older.cuts == nil || p.newer.cuts == nil {
		return false
	}
	// Whom they were fitted to does not matter.
	a, b := *p.older.cuts, *p.newer.cuts
	a.Customers, b.Customers, a.Counts, b.Counts = 0, 0, nil, nil
	return !reflect.DeepEqual(a, b)
}

// score scores both nights by the older one's cut points; nil where a night has
// not remembered what it takes.
func (p pair) score() *scored {
	if p.older.cuts == nil || p.older.members.Texts(column.Segment) == nil {
		return nil
	}
	s := &scored{then: p.codes(p.older), now: p.codes(p.newer), refit: p.refitted(), segment: map[code]string{}}
	if s.then == nil || s.now == nil {
		return nil
	}
	segment := p.older.members.Texts(column.Segment)
	for i := range segment.Len() {
		s.segment[s.then[i]] = segment.At(i)
	}
	return s
}

func (p pair) codes(of *Publication) []code {
	m := of.members
	frequency, monetary := m.Counts(column.Frequency), m.Amounts(column.Monetary)
	if frequency == nil || monetary == nil {
		return nil
	}
	r, f, v := make([]float64, m.Len()), make([]float64, m.Len()), make([]float64, m.Len())
	for i, last := range m.Days(column.LastDay) {
		if last != calendar.NoDay {
			r[i] = float64(of.day - last)
		}
		f[i], v[i] = float64(frequency[i]), monetary[i].Float()
	}
	var s rfm.Scores
	if split := p.older.cuts.Split; split != nil && p.older.settings["rfm.segments"] == "cn8" {
		s = split.Marks(r, f, v)
	} else {
		s = p.older.cuts.Score(r, f, v)
	}
	codes := make([]code, m.Len())
	for i := range codes {
		codes[i] = code{s.R[i], s.F[i], s.M[i]}
	}
	return codes
}

// stays tells whether a customer of the newer night would still be in the
// segment under the older night's cut points. Scores that nobody had that night
// are no proof.
func (s *scored) stays(customer int, segment string) bool {
	name, seen := s.segment[s.now[customer]]
	return s.refit && seen && name == segment
}
