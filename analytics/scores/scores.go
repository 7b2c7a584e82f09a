package scores

import (
	"time"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/scores/rfm"
	"clientele/internal/money"
	"clientele/segment"
)

// Result has one entry per customer in each column.
type Result struct {
	rfm.Scores

	// Orders and Net are what f and m are the scores of.
	Orders []int64
	Net    []money.Amount
	// Combined is the weighted score; nil: no weights.
	Combined []float64
	// Segment is the key of the customer's segment in Scheme.
	Segment []string
	Scheme  segment.Scheme
	// Cuts is what the next night may score by too.
	Cuts rfm.CutPoints

	drift *publication.Drift // nil: nothing to compare with
}

// Ask says what scores need of each customer.
func Ask(f *night.Frame, r *customers.Request) {
	rule := f.Job.RFM
	if rule == nil {
		return
	}
	r.RFMFrom = night.FirstDayOf(rule.Window, f.AsOf)
	r.RFMByDay = rule.Unit == job.UnitDay
	r.RFMSpend = customers.Spend(rule.Monetary)
}

// Run gives every customer r, f and m and the named segment; nil where the stage is
// off.
func Run(n night.Context) (*Result, error) {
	rule := n.Job.RFM
	if rule == nil {
		return nil, nil //nolint:nilnil // a stage that is off has no result
	}
	recency := n.RecencyDays()
	s := &Result{Orders: n.Customers.RFMOrders, Net: n.Customers.RFMNet, Scheme: SchemeOf(rule)}
	frequency, monetary := customers.Floats(s.Orders), customers.Amounts(s.Net)
	var err error
	if s.Cuts, err = cutPoints(n, recency, frequency, monetary); err != nil {
		return nil, err
	}
	s.Scores = s.Cuts.Score(recency, frequency, monetary)
	if w := rule.Weights; w != nil {
		s.Combined = s.Combine(rfm.Weights{R: w.R, F: w.F, M: w.M}, s.Cuts.Bins)
	}
	s.Segment = s.segments(recency, frequency, monetary)
	s.drift = s.measureDrift(n)
	return s, nil
}

// cutPoints are those of the night before, or new ones.
func cutPoints(n night.Context, recency, frequency, monetary []float64) (rfm.CutPoints, error) {
	if kept := recall(n); kept != nil {
		return *kept, nil
	}
	cuts, warnings, err := rfm.Fit(n.AsOf.Format(time.DateOnly), recency, frequency, monetary, rfmOptions(n.Job.RFM))
	n.Warnings.Add(n.Say().WordAll(warnings)...)
	return cuts, err
}

// segments finds each customer's segment, by the scores or, where the table has a split
// of its own, by that.
func (s *Result) segments(recency, frequency, monetary []float64) []string {
	by := s.Scores
	if s.Scheme.Name == cn8 {
		by = s.Cuts.Split.Marks(recency, frequency, monetary)
	}
	keys := make([]string, len(by.R))
	for i := range keys {
		keys[i] = s.Scheme.Assign(by.R[i], by.F[i], by.M[i])
	}
	return keys
}

// Drift is how far the scores have moved; nil where there is nothing to compare with.
func (s *Result) Drift() *publication.Drift {
	if s == nil {
		return nil
	}
	return s.drift
}

// Metrics are the numbers that tiers may ask for, by the names of the job file: made for who
// asks, as most programmes ask for none.
func (s *Result) Metrics() map[string]func() []float64 {
	if s == nil {
		return nil
	}
	m := map[string]func() []float64{
		column.Frequency.Name: func() []float64 { return customers.Floats(s.Orders) },
		column.Monetary.Name:  func() []float64 { return customers.Amounts(s.Net) },
		column.R.Name:         func() []float64 { return asNumbers(s.R) },
		column.F.Name:         func() []float64 { return asNumbers(s.F) },
		column.M.Name:         func() []float64 { return asNumbers(s.M) },
	}
	if s.Combined != nil {
		m[column.RFMScore.Name] = func() []float64 { return s.Combined }
	}
	return m
}

func asNumbers(scores []int8) []float64 {
	f := make([]float64, len(scores))
	for i, s := range scores {
		f[i] = float64(s)
	}
	return f
}
