package explain

import (
	"math"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/scores/rfm"
	"clientele/internal/calendar"
)

// Scores are r, f and m with the cut points that they stand between.
type Scores struct {
	FittedOn string  `json:"fitted_on"` // the night whose customers the cut points part evenly
	Best     int     `json:"best"`      // 1 is the worst
	Window   string  `json:"window"`    // what frequency and monetary are counted over
	Counts   string  `json:"counts"`    // order or day: what frequency counts
	Monetary string  `json:"monetary"`  // sum, mean, median or max of what is spent
	Scores   []Score `json:"scores"`
	Segment  string  `json:"segment"`
	Label    string  `json:"label"`          // of the segment
	Rule     string  `json:"rule,omitempty"` // who belongs to it, in words
}

// Score is one of the three.
type Score struct {
	Column string  `json:"column"` // r, f or m
	Of     string  `json:"of"`     // the column that it is a score of
	Value  float64 `json:"value"`
	Score  int8    `json:"score"`
	// Above and UpTo are the cut points that the value stands between; null: there is none on
	// that side. A value that equals Above has this score only where Closed is left, and one
	// that equals UpTo only where it is right.
	Above  *float64 `json:"above"`
	UpTo   *float64 `json:"up_to"`
	Closed string   `json:"closed"`
	// Next is the next better score, and what it takes; null for the best one, and for the
	// score of recency, which a purchase makes the best.
	Next *NextScore `json:"next"`
	// Falls is when the score of recency falls if nothing is bought; null: it does not.
	Falls *FallingScore `json:"falls"`
}

// NextScore is what it takes to have the next better score.
type NextScore struct {
	Score int8    `json:"score"`
	Needs float64 `json:"needs"` // at least this where it is whole, else more than this
	More  float64 `json:"more"`  // than there is
	Above bool    `json:"above"` // more than Needs is needed, not just as much
}

// FallingScore is a score that time takes.
type FallingScore struct {
	On    publication.Day `json:"on"`
	Score int8            `json:"score"`
}

func (c *reading) readScores() error {
	cuts, err := c.night.ReadCutPoints()
	if err = orAbsent(err); err != nil || cuts == nil || !c.Columns.Has(column.R) {
		return err
	}
	s := &Scores{FittedOn: cuts.AsOf, Best: cuts.Bins, Segment: c.Columns.Text(column.Segment)}
	s.Label = c.label(column.BySegment.Name, s.Segment)
	if g := c.groupOf(column.BySegment.Name, s.Segment); g != nil && g.Quality != nil {
		s.Rule = g.Quality.Rule
	}
	if j := c.night.job; j != nil && j.RFM != nil {
		s.Window, s.Counts, s.Monetary = j.RFM.Window.String(), j.RFM.Unit, j.RFM.Monetary
	}
	r, f, m := int8(c.count(column.R)), int8(c.count(column.F)), int8(c.count(column.M))
	if !between(r, cuts.Bins) || !between(f, cuts.Bins) {
		return c.night.Damaged(publication.CutPointsFile, errScores)
	}
	monetary, _ := c.Columns.Amount(column.Monetary)
	s.Scores = []Score{
		c.recencyScore(*cuts, float64(c.count(column.RecencyDays)), r),
		risingScore(*cuts, cuts.FrequencyEdges(r), Score{
			Column: column.F.Name, Of: column.Frequency.Name, Value: float64(c.count(column.Frequency)), Score: f,
		}),
		risingScore(*cuts, cuts.MonetaryEdges(r, f), Score{
			Column: column.M.Name, Of: column.Monetary.Name, Value: monetary.Float(), Score: m,
		}),
	}
	c.Scores = s
	return nil
}

func between(score int8, bins int) bool { return score >= 1 && int(score) <= bins }

// recencyScore is that of the days since the last purchase: the fewer, the better.
func (c *reading) recencyScore(cuts rfm.CutPoints, days float64, score int8) Score {
	s := Score{Column: column.R.Name, Of: column.RecencyDays.Name, Value: days, Score: score, Closed: cuts.Closed}
	beyond := cuts.Bins - int(score) // edges that the value is beyond
	s.Above, s.UpTo = edgesAround(cuts.Recency, beyond)
	if s.UpTo == nil {
		return s
	}
	falls := leastBeyond(*s.UpTo, cuts.Closed)
	all := cuts.Score([]float64{falls}, nil, nil)
	s.Falls = &FallingScore{On: publication.Day(c.night.day + calendar.Day(falls-days)), Score: all.R[0]}
	return s
}

// risingScore is one that is better the more there is.
func risingScore(cuts rfm.CutPoints, edges []float64, s Score) Score {
	s.Closed = cuts.Closed
	s.Above, s.UpTo = edgesAround(edges, int(s.Score)-1)
	if s.UpTo == nil {
		return s
	}
	next := &NextScore{Needs: *s.UpTo, Above: cuts.Closed != rfm.ClosedLeft}
	beyond := func(edge float64) bool { return edge == *s.UpTo }
	if s.Of == column.Frequency.Name {
		next.Needs, next.Above = leastBeyond(*s.UpTo, cuts.Closed), false
		beyond = func(edge float64) bool { return leastBeyond(edge, cuts.Closed) <= next.Needs }
	}
	next.More = math.Max(0, next.Needs-s.Value)
	next.Score = s.Score + 1
	for k := int(s.Score); k < len(edges) && beyond(edges[k]); k++ {
		next.Score++ // two edges in one place, or between two whole numbers, leave a score out
	}
	s.Next = next
	return s
}

// edgesAround are the edges below and above the place beyond so many of them.
func edgesAround(edges []float64, beyond int) (above, upTo *float64) {
	if beyond > 0 && beyond <= len(edges) {
		above = &edges[beyond-1]
	}
	if beyond >= 0 && beyond < len(edges) {
		upTo = &edges[beyond]
	}
	return above, upTo
}

// leastBeyond is the least whole number beyond an edge.
func leastBeyond(edge float64, closed string) float64 {
	if closed == rfm.ClosedLeft {
		return math.Ceil(edge)
	}
	return math.Floor(edge) + 1
}
