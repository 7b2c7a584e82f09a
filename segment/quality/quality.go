package quality

import "math"

// Verdict says whether a number is good enough for a group to be worth having. Empty: there
// is no number, or it rests on too little.
type Verdict string

// The verdicts.
const (
	Pass Verdict = "pass"
	Warn Verdict = "warn"
	Fail Verdict = "fail"
)

// The limits of the verdicts, and their sources.
const (
	// Members of a group with a silhouette below 0 are nearer to another group
	// than to their own. Up to 0.25 there is "no substantial structure": Kaufman
	// and Rousseeuw (1990), Finding Groups in Data, table 2.4. Groups that are cut
	// from a continuum, as by scores, lie between the two: a warning and no fault.
	passSilhouette, warnSilhouette = 0.25, 0.0
	// A small and a medium effect: Cohen (1988), Statistical Power Analysis,
	// section 8.2. They are compared with ε², which chance does not raise.
	passEffect, warnEffect = 0.06, 0.01
	// MinEffectDays is how long spend must have been watched before it gives a verdict:
	// four weeks, so that every day of the week counts alike.
	MinEffectDays = 28
	// Clusters above 0.75 are stable; those at 0.5 or below are dissolved: Hennig
	// (2007), section 3, and the documentation of his clusterboot.
	passJaccard, warnJaccard = 0.75, 0.5
	// Good and moderate recovery of a partition: Steinley (2004), Properties of
	// the Hubert-Arabie adjusted Rand index, Psychological Methods 9(3), p. 395.
	passAdjustedRand, warnAdjustedRand = 0.80, 0.65
	// The share of customers whom no rule of a scheme covers. One in twenty is a
	// remainder. One in five is as many as a segment of a table of five has on average:
	// a segment that nobody defined.
	passOthers, warnOthers = 0.05, 0.20
)

// Rules are the limits that depend on the shop.
type Rules struct {
	// Customers is how many a group should have. Down to a third of it is a warning.
	Customers int `json:"customers"`
	// Reachable is the share of a group that should have a channel. Down to half of it is
	// a warning.
	Reachable float64 `json:"reachable"`
}

// DefaultRules are the rules unless a job says otherwise. The mean of 30 customers is known
// to within a fifth of their standard deviation (1/√30 = 0.18).
func DefaultRules() Rules { return Rules{Customers: 30, Reachable: 0.8} }

// Measures are the numbers about a group that verdicts are given on. NaN: not known.
type Measures struct {
	Silhouette float64    // of its customers; see Silhouettes
	Next       Separation // of the later spend of customers, by all groups of the kind
	NextDays   int        // the days of that later spend
	// AdjustedRand is about all groups of the kind, Jaccard about this one, both since the
	// last run. See Migration.
	AdjustedRand, Jaccard float64
	// Remainder: the group is the customers whom no rule covers. Share is their share of
	// all customers.
	Remainder bool
	Share     float64
	Customers int
	Reachable float64 // share with a channel
	MeanValue float64 // per customer: past and future, margin less costs
}

// Distinct is the verdict on whether the group differs from the others. It goes by the
// later spend of the groups of its kind, if that was watched for MinEffectDays, and
// otherwise by the silhouette. Later spend is the better measure because groups were not
// formed by it: groups that are close may behave differently, and distant ones alike.
func (q Measures) Distinct() Verdict {
	if q.NextDays >= MinEffectDays && !math.IsNaN(q.Next.EpsilonSquared) {
		return grade(q.Next.EpsilonSquared, passEffect, warnEffect)
	}
	return grade(q.Silhouette, passSilhouette, warnSilhouette)
}

// Stable is the verdict on whether the group, and its kind as a whole, still have the
// customers of the last run: the worse of the two.
func (q Measures) Stable() Verdict {
	return worst(
		grade(q.Jaccard, passJaccard, warnJaccard),
		grade(q.AdjustedRand, passAdjustedRand, warnAdjustedRand),
	)
}

// Measurable is the verdict on whether a rule says who belongs to the group. One does,
// except for the remainder.
func (q Measures) Measurable() Verdict {
	if !q.Remainder {
		return Pass
	}
	return grade(-q.Share, -passOthers, -warnOthers)
}

// Reachability is the verdict on whether enough of the group have a channel.
func (q Measures) Reachability(r Rules) Verdict {
	return grade(q.Reachable, r.Reachable, r.Reachable/2)
}

// Substantial is the verdict on whether the group is large enough, and valuable enough, to
// be treated apart. A group that costs more than it brings fails at any size.
func (q Measures) Substantial(r Rules) Verdict {
	size := grade(float64(q.Customers), float64(r.Customers), float64(r.Customers)/3)
	if q.MeanValue <= 0 {
		return Fail
	}
	return size
}

// grade is the verdict on a value that passes from pass on and warns from warn on.
func grade(v, pass, warn float64) Verdict {
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

// worst is the worse of two verdicts; empty if both are.
func worst(a, b Verdict) Verdict {
	for _, v := range []Verdict{Fail, Warn, Pass} {
		if a == v || b == v {
			return v
		}
	}
	return ""
}
