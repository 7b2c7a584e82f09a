package clv

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"clientele/clv/internal/special"
)

// TotalForecast is what all customers together are expected to bring, and by how much
// that may be off for which reason. The reasons are independent, so that their
// variances add up.
//
// A total that cannot be below 0 has a log-normal distribution, which is what a
// product of parameters with normal logarithms has, and what keeps the interval of a
// small shop above 0; any other a normal one. Both are approximations for many
// customers, a hundred say: use Values for one.
type TotalForecast struct {
	Expected float64
	Gross    float64 // Expected with costs added and not taken off
	// Logarithmic says what the variances below are of: of the total's logarithm, or
	// of the total itself.
	Logarithmic bool
	Chance      float64 // variance by what customers happen to do
	Parameters  float64 // by the error of the parameters
	Members     float64 // by how far the members of the blend are apart

	parts []memberTotal // by member
	pure  bool          // money cannot be below 0
}

// memberTotal is the total by one member of a blend.
type memberTotal struct {
	weight          float64   // of the member
	expected, gross float64   // of the member, as much as it counts for each customer
	others          float64   // the same of the whole blend: expected is more by what the member says
	chance          float64   // variance
	moved           bool      // whether the changes below were worked out
	above, below    []float64 // changes by one standard error along each direction of the parameters
	sampled         []customer
}

// staysAbove0 reports whether a total is above 0 after each of the changes.
func (t memberTotal) staysAbove0() bool {
	falls := func(v float64) bool { return !(v > -t.expected) }
	return t.expected > 0 && !slices.ContainsFunc(t.above, falls) && !slices.ContainsFunc(t.below, falls)
}

// leastOfBlend is the least that a member's total is of the blend's, lest a logarithm be
// infinite where it expects nothing of those for whom it counts.
const leastOfBlend = 0.01

// totalOf sums up what the members say.
func totalOf(parts []memberTotal, pure bool) TotalForecast {
	t := TotalForecast{Logarithmic: pure, parts: parts, pure: pure}
	for _, part := range parts {
		t.Expected += part.weight * part.expected
		t.Gross += part.weight * part.gross
	}
	for _, part := range parts {
		t.Logarithmic = t.Logarithmic && part.staysAbove0()
	}
	var moved float64
	for _, part := range parts {
		t.add(part.weight, part)
		if part.moved {
			moved += part.weight
		}
	}
	t.Parameters = ratio(t.Parameters, moved)
	return t
}

// add adds a member of some weight to the variances.
func (t *TotalForecast) add(weight float64, m memberTotal) {
	off := m.expected - m.others // of a total that counts it equally for all
	chance := m.chance
	scale := math.Abs
	if t.Logarithmic {
		off = math.Log(max(1+off/t.Expected, leastOfBlend))
		// ln(1 + chance/total²), which overflows for a total next to nothing.
		chance = special.Softplus(math.Log(m.chance) - 2*math.Log(m.expected))
		scale = func(change float64) float64 { return math.Abs(math.Log1p(change / m.expected)) }
	}
	parameters := 0.
	for j := range m.above {
		change := max(scale(m.above[j]), scale(m.below[j]))
		parameters += change * change
	}
	t.Chance += weight * chance
	t.Parameters += weight * parameters
	t.Members += weight * off * off
}

// Past is what earlier forecasts of a shop say of this one.
type Past struct {
	// Drift is the variance of the logarithm of money that they missed, over the horizon.
	Drift float64
	// Tested is the share of the horizon that they looked ahead, 0 to 1: so far they have
	// tried how far apart the members are, and only beyond it is that news.
	Tested float64
}

// MembersAfter is the variance by the members that earlier forecasts have not tried: they are
// apart in proportion to the time ahead, and a share of that time has a share of the
// standard error.
func (t TotalForecast) MembersAfter(past Past) float64 {
	untested := 1 - min(max(past.Tested, 0), 1)
	return untested * untested * t.Members
}

// Interval holds the total with a probability of level, given what earlier forecasts
// missed.
func (t TotalForecast) Interval(level float64, past Past) (low, high float64) {
	if math.IsNaN(t.Expected) || math.IsInf(t.Expected, 0) {
		return t.Expected, t.Expected
	}
	z := distuv.UnitNormal.Quantile((1 + level) / 2)
	variance := t.Chance + t.Parameters + t.MembersAfter(past)
	if t.Logarithmic {
		stdErr := math.Sqrt(variance + past.Drift)
		return t.Expected * math.Exp(-z*stdErr), t.Expected * math.Exp(z*stdErr)
	}
	// The variance that a log-normal factor has, of what it multiplies.
	stdErr := math.Sqrt(variance + t.Gross*t.Gross*math.Expm1(past.Drift))
	return t.Expected - z*stdErr, t.Expected + z*stdErr
}
