package segment

import (
	"errors"
	"fmt"
	"slices"
)

// ErrTiers marks levels or metrics that tiers cannot be assigned from.
var ErrTiers = errors.New("segment: bad tiers")

// NoLevel is the level of a customer who belongs to no tier.
const NoLevel = -1

// Threshold is reached by a metric of AtLeast or more. NaN, a metric that is
// not known, never reaches it.
type Threshold struct {
	Metric  string
	AtLeast float64
}

// Limit caps the number of members of a level and all levels above it.
// Exactly one of Share and Count is set.
type Limit struct {
	// Share is the share of all customers, in (0, 1]; the cap is rounded down.
	// Where equal customers straddle the cap, all of them are let in.
	Share float64
	// Count is the number of members. It is a budget: where equal customers
	// straddle the cap, none of them is let in.
	Count int
	// By is the metric that ranks customers, highest first; default is the
	// level's first qualifying metric, or spend when it has none.
	By string
}

// Level is one tier.
type Level struct {
	Name string
	// Qualify must hold in full; an empty list holds for everybody.
	Qualify []Threshold
	// Limit is nil for a level of any size.
	Limit *Limit
}

// TierResult has one entry per customer in every column.
type TierResult struct {
	// Level is the index of the customer's level, or NoLevel.
	Level []int
	// Reason says which thresholds hold, such as `spend 2310.5 >= 2000`, and
	// where a limit kept the customer from a higher level, such as
	// `capped: gold: clv rank 61 of 60 allowed`; or, for members of no tier,
	// the first threshold of the lowest level that does not hold, such as
	// `spend 450 < 500`. Parts are joined by semicolons.
	Reason []string
}

// AssignTiers gives every customer the highest level that is earned and within
// the limits. levels are lowest first; a level is earned when all of its
// thresholds hold, whether or not those of lower levels do. metrics has, by
// name, one entry per customer for each metric that the levels mention; ids
// name the customers in errors.
//
// Limits work from the top level down. Customers who earn a level pass its own
// limit first, then those of the levels below it, since they would count there
// too; members of higher levels have their places already. Those who do not
// pass compete again at the next lower level that they earn.
//
// Equal customers are treated equally: there is no tie-break. The result does
// not depend on the order of customers, and a higher metric never gives a
// lower tier, all else equal. Errors wrap ErrTiers.
func AssignTiers(levels []Level, ids []string, metrics map[string][]float64) (TierResult, error) {
	if err := validateTiers(levels, ids, metrics); err != nil {
		return TierResult{}, err
	}
	t := tiering{levels: levels, metrics: metrics, customers: len(ids)}
	result := TierResult{Level: make([]int, len(ids)), Reason: make([]string, len(ids))}
	for i := range result.Level {
		result.Level[i] = NoLevel
	}
	refused := make([]string, len(ids))
	members := 0
	for k := len(levels) - 1; k >= 0; k-- {
		for _, i := range t.admit(k, members, t.candidates(k, result.Level), refused) {
			result.Level[i] = k
			members++
		}
	}
	for i, k := range result.Level {
		result.Reason[i] = t.reason(i, k, refused[i])
	}
	return result, nil
}

// validateTiers checks levels and metrics against each other.
func validateTiers(levels []Level, ids []string, metrics map[string][]float64) error {
	for k, l := range levels {
		if l.Limit != nil {
			if err := l.Limit.validate(); err != nil {
				return fmt.Errorf("%w: level %d (%s): %w", ErrTiers, k, l.Name, err)
			}
		}
		for _, name := range l.metrics() {
			if err := validateMetric(name, ids, metrics); err != nil {
				return fmt.Errorf("%w: level %d (%s): %w", ErrTiers, k, l.Name, err)
			}
		}
		if at := slices.IndexFunc(l.Qualify, func(q Threshold) bool { return !finite(q.AtLeast) }); at >= 0 {
			return fmt.Errorf("%w: level %d (%s): threshold of %s is %v, want a finite number", ErrTiers, k, l.Name, l.Qualify[at].Metric, l.Qualify[at].AtLeast)
		}
	}
	return nil
}

func (l Limit) validate() error {
	switch {
	case l.Share == 0 && l.Count == 0, l.Share != 0 && l.Count != 0:
		return fmt.Errorf("limit has share %v and count %d, want exactly one of them", l.Share, l.Count)
	case l.Count < 0:
		return fmt.Errorf("limit of %d members, want 1 or more", l.Count)
	case l.Count == 0 && !(l.Share > 0 && l.Share <= 1):
		return fmt.Errorf("limit of share %v, want above 0 and at most 1", l.Share)
	}
	return nil
}

// validateMetric checks the length of a metric's column and that nobody's
// value is infinite.
func validateMetric(name string, ids []string, metrics map[string][]float64) error {
	column, ok := metrics[name]
	if !ok {
		return fmt.Errorf("no metric %q; add its column or name another metric", name)
	}
	if len(column) != len(ids) {
		return fmt.Errorf("metric %s has %d entries, want %d, one per customer", name, len(column), len(ids))
	}
	for i, v := range column {
		if v == v && !finite(v) {
			return fmt.Errorf("metric %s of customer %s is %v, want a finite number or NaN for unknown", name, ids[i], v)
		}
	}
	return nil
}

// by is the metric that ranks candidates for the level's limit.
func (l Level) by() string {
	switch {
	case l.Limit.By != "":
		return l.Limit.By
	case len(l.Qualify) > 0:
		return l.Qualify[0].Metric
	}
	return "spend"
}

// metrics are the names of all metrics that the level looks at.
func (l Level) metrics() []string {
	names := make([]string, 0, len(l.Qualify)+1)
	for _, q := range l.Qualify {
		names = append(names, q.Metric)
	}
	if l.Limit != nil {
		names = append(names, l.by())
	}
	return names
}

// earned tells whether all thresholds of the level hold for customer i.
func (l Level) earned(i int, metrics map[string][]float64) bool {
	for _, q := range l.Qualify {
		if !(metrics[q.Metric][i] >= q.AtLeast) { // false for NaN
			return false
		}
	}
	return true
}
