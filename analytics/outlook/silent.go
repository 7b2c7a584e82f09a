package outlook

import (
	"math"

	"clientele/clv"
)

// silent is the chance of no purchase in (tx, t], given x purchases up to tx: what the
// silence takes from the likelihood.
func silent(m *clv.Model, x, tx, t float64) float64 {
	return min(1, math.Exp(m.LogLikelihood(x, tx, t)-m.LogLikelihood(x, tx, tx)))
}
