package clv

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
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
}

// memberTotal is the total by one member of a blend.
type memberTotal struct {
	expected, gross float64
	chance          float64   // variance
	above, below    []float64 // changes by one standard error along each direction of the parameters
}

// staysAbove0 reports whether a total is above 0 after each of the changes.
func (t memberTotal) staysAbove0() bool {
	falls := func(v float64) bool { return !(v > -t.expected) }
	return t.expected > 0 && !slices.ContainsFunc(t.above, falls) && !slices.ContainsFunc(t.below, falls)
}

// add adds a member of some weight to the variances.
func (t *TotalForecast) add(weight float64, m memberTotal) {
	off := m.expected - t.Expected
	chance := m.chance
	scale := func(change float64) float64 { return math.Abs(change) }
	if t.Logarithmic {
		off = math.Log(m.expected / t.Expected)
		// ln(1 + chance/total²), which overflows for a total next to nothing.
		chance = softplus(math.Log(m.chance) - 2*math.Log(m.expected))
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

// Interval holds the total with a probability of level, where beside all that t knows
// of the shop's money may be off by a factor whose logarithm has the variance drift.
func (t TotalForecast) Interval(level, drift float64) (low, high float64) {
	if math.IsNaN(t.Expected) || math.IsInf(t.Expected, 0) {
		return t.Expected, t.Expected
	}
	z := distuv.UnitNormal.Quantile((1 + level) / 2)
	variance := t.Chance + t.Parameters + t.Members
	if t.Logarithmic {
		stdErr := math.Sqrt(variance + drift)
		return t.Expected * math.Exp(-z*stdErr), t.Expected * math.Exp(z*stdErr)
	}
	// The variance that a log-normal factor has, of what it multiplies.
	stdErr := math.Sqrt(variance + t.Gross*t.Gross*math.Expm1(drift))
	return t.Expected - z*stdErr, t.Expected + z*stdErr
}
