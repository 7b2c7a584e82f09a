package compare

import "slices"

// refitted is what the older night's cut points make of the newer night's
// customers: what they would be, had nothing but they themselves changed.
type refitted struct {
	scores  []code
	segment map[code]string // of the older night, by its scores
}

// code is r, f and m.
type code [3]int64

// refitted tells whether scores were cut at other points.
func (p pair) refitted() bool {
	a, b := p.older.cuts, p.newer.cuts
	return a != nil && b != nil && (a.AsOf != b.AsOf || a.Bins != b.Bins ||
		!slices.Equal(a.Recency, b.Recency) || !slices.Equal(a.Frequency, b.Frequency) || !slices.Equal(a.Monetary, b.Monetary))
}

// scoreAsThen scores the newer night's numbers by the older night's cut points;
// nil where a night has not remembered what it takes.
func (p pair) scoreAsThen() *refitted {
	m := p.newer.members
	orders, net, segments := m.Counts("frequency"), m.Amounts("monetary"), p.older.members.Texts("segment")
	r, f, mm := p.older.members.Counts("r"), p.older.members.Counts("f"), p.older.members.Counts("m")
	if orders == nil || net == nil || segments == nil || r == nil || f == nil || mm == nil {
		return nil
	}
	recency, frequency, monetary := make([]float64, m.Len()), make([]float64, m.Len()), make([]float64, m.Len())
	for i, last := range m.Days("last_day") {
		recency[i] = float64(p.newer.day - last)
		frequency[i], monetary[i] = float64(orders[i]), net[i].Float()
	}
	s := p.older.cuts.Score(recency, frequency, monetary)
	found := &refitted{scores: make([]code, m.Len()), segment: map[code]string{}}
	for i := range found.scores {
		found.scores[i] = code{int64(s.R[i]), int64(s.F[i]), int64(s.M[i])}
	}
	for i, name := range segments {
		found.segment[code{r[i], f[i], mm[i]}] = name
	}
	return found
}

// stays tells whether a customer of the newer night would still be in the
// segment under the older night's cut points. Scores that nobody had that night
// are no proof.
func (t *refitted) stays(customer int, segment string) bool {
	name, seen := t.segment[t.scores[customer]]
	return seen && name == segment
}
