package quality

import "math"

// Verdict says whether a number is what a group worth having shows. Empty: there
// is no number, or not yet enough behind it.
type Verdict string

// The verdicts.
const (
	Pass Verdict = "pass"
	Warn Verdict = "warn"
	Fail Verdict = "fail"
)

// The limits by which groups are judged, and why they lie there.
const (
	// Members of a group with a silhouette below 0 are nearer to another group
	// than to their own. Up to 0.25 there is "no substantial structure": Kaufman
	// and Rousseeuw (1990), Finding Groups in Data, table 2.4. Groups cut from a
	// continuum, as scores are, lie between the two: a warning and no fault.
	passSilhouette, warnSilhouette = 0.25, 0.0
	// A small and a medium effect: Cohen (1988), Statistical Power Analysis,
	// section 8.2. They are held against ε², which chance does not raise.
	passEffect, warnEffect = 0.06, 0.01
	// MinEffectDays is how long next-period spend is watched before it is judged:
	// four weeks, so that every day of the week counts alike.
	MinEffectDays = 28
	// Clusters above 0.75 are stable; those at 0.5 or below are dissolved: Hennig
	// (2007), section 3, and the documentation of his clusterboot.
	passJaccard, warnJaccard = 0.75, 0.5
	// Good and moderate recovery of a partition: Steinley (2004), Properties of
	// the Hubert-Arabie adjusted Rand index, Psychological Methods 9(3), p. 395.
	passAdjustedRand, warnAdjustedRand = 0.80, 0.65
	// Customers whom no rule of a scheme covers: one in twenty is a remainder, one
	// in five a segment that nobody defined.
	passOthers, warnOthers = 0.05, 0.20
)

// Rules are the limits that depend on the shop.
type Rules struct {
	// Customers is how many a group should have. A third of it still warns.
	Customers int `json:"customers"`
	// Reachable is the share of a group that should have a channel. Half of it
	// still warns.
	Reachable float64 `json:"reachable"`
}

// DefaultRules are those that hold unless a job says otherwise. The mean
// of 30 customers is known to within a fifth of their standard deviation
// (1/√30 = 0.18).
func DefaultRules() Rules { return Rules{Customers: 30, Reachable: 0.8} }

// Measures are what there is to say for a group, as numbers. NaN: not known.
type Measures struct {
	Silhouette float64    // of its customers; see Silhouettes
	Next       Separation // of what customers of all groups of the kind spent next
	NextDays   int        // over so many days
	// AdjustedRand is of all groups of the kind, Jaccard of this one, both since
	// the last run. See Migration.
	AdjustedRand, Jaccard float64
	// Remainder: the group is whoever no rule covers. Share is of all customers.
	Remainder bool
	Share     float64
	Customers int
	Reachable float64 // share with a channel
	MeanValue float64 // per customer: past and future, margin less costs
}

// Distinct judges whether the group can be told from the others: by what its
// kind says about spend to come, once that has been watched for MinEffectDays,
// and else by its place among the customers of today. Spend to come counts for
// more because it is not what groups were cut by: neighbours on a scale may
// well behave differently, and groups far apart alike.
func (q Measures) Distinct() Verdict {
	if q.NextDays >= MinEffectDays && !math.IsNaN(q.Next.EpsilonSquared) {
		return judge(q.Next.EpsilonSquared, passEffect, warnEffect)
	}
	return judge(q.Silhouette, passSilhouette, warnSilhouette)
}

// Stable judges whether the group, and its kind as a whole, still hold the
// customers of the last run: the worse of the two.
func (q Measures) Stable() Verdict {
	return worse(
		judge(q.Jaccard, passJaccard, warnJaccard),
		judge(q.AdjustedRand, passAdjustedRand, warnAdjustedRand),
	)
}

// Measurable judges whether a rule says who belongs: it always does, save for
// the remainder.
func (q Measures) Measurable() Verdict {
	if !q.Remainder {
		return Pass
	}
	return judge(-q.Share, -passOthers, -warnOthers)
}

// Reachability judges whether enough of the group can be written to.
func (q Measures) Reachability(r Rules) Verdict {
	return judge(q.Reachable, r.Reachable, r.Reachable/2)
}

// Substantial judges whether the group is large enough to be treated apart, and
// worth it: customers who cost more than they bring are a fault at any size.
func (q Measures) Substantial(r Rules) Verdict {
	size := judge(float64(q.Customers), float64(r.Customers), float64(r.Customers)/3)
	if q.MeanValue <= 0 {
		return Fail
	}
	return size
}

// judge passes what reaches pass and warns of what reaches warn.
func judge(v, pass, warn float64) Verdict {
	switch {
	case math.IsNaN(v):
		return ""
	case v >= pass:
		return Pass
	case v >= warn:
		return Warn
	}
	return Fail
}

func worse(a, b Verdict) Verdict {
	for _, v := range []Verdict{Fail, Warn, Pass} {
		if a == v || b == v {
			return v
		}
	}
	return ""
}
